package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import java.time.LocalDate;
import java.util.UUID;

/** With an id of two parts. */
@Entity
class Quote {

    static final LocalDate DAY = LocalDate.of(2026, 11, 1);

    @EmbeddedId
    Key key = new Key(UUID.randomUUID(), DAY);

    String name = "";

    String getName() {
        return name;
    }

    /** Both parts. */
    @Embeddable
    record Key(UUID shop, LocalDate day) {}
}
