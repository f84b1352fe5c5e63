package dev.lexigram.tenancy.spring.shop;

import static dev.lexigram.tenancy.spring.shop.BothBinders.as;
import static dev.lexigram.tenancy.spring.shop.Shop.ACME;
import static dev.lexigram.tenancy.spring.shop.Shop.GLOBEX;

import jakarta.persistence.EntityManager;

/** What a transaction has in its memory is not asked for at the database, so no connection can refuse it. */
final class SessionMemory {

    private SessionMemory() {}

    /** Gives what globex has seen. */
    static String changeAsGlobexWhatAcmeHasLoaded(Shop shop) {
        var em = shop.bean(EntityManager.class);
        return as(
                ACME,
                () -> shop.bean(Propagations.class).required(() -> {
                    em.find(Product.class, 1L);
                    return as(GLOBEX, () -> {
                        var product = em.find(Product.class, 1L);
                        product.setName("changed by globex");
                        return product.getName();
                    });
                }));
    }
}
