package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.DiscriminatorColumn;
import jakarta.persistence.DiscriminatorValue;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import org.jspecify.annotations.Nullable;

/** Inherited from in one table. */
@Entity
@Inheritance(strategy = InheritanceType.SINGLE_TABLE)
@DiscriminatorColumn(name = "kind")
abstract class Vehicle {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    String name = "";

    String getName() {
        return name;
    }

    /** One kind. */
    @Entity(name = "Car")
    @DiscriminatorValue("CAR")
    static class Car extends Vehicle {

        int wheels;
    }

    /** Another kind. */
    @Entity(name = "Boat")
    @DiscriminatorValue("BOAT")
    static class Boat extends Vehicle {

        int sails;
    }
}
