package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import java.util.UUID;

/** Inherited from in joined tables. */
@Entity
@Inheritance(strategy = InheritanceType.JOINED)
abstract class Payment {

    @Id
    UUID id = UUID.randomUUID();

    String name = "";

    String getName() {
        return name;
    }
}
