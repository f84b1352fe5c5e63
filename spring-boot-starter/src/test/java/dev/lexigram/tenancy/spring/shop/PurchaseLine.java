package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** With an id that Hibernate makes. */
@Entity
class PurchaseLine {

    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    @Nullable
    UUID id;

    String name = "";

    @ManyToOne(fetch = FetchType.LAZY)
    @Nullable
    Purchase purchase;

    static PurchaseLine of(Purchase purchase, String name) {
        var line = new PurchaseLine();
        line.purchase = purchase;
        line.name = name;
        return line;
    }

    String getName() {
        return name;
    }
}
