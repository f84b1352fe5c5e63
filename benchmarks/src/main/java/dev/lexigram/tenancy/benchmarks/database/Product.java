package dev.lexigram.tenancy.benchmarks.database;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;

/** An entity as an application has it that knows of no tenants: the tenant's column is not mapped. */
@Entity
class Product {

    @Id
    long id;

    long batch;
    String name = "";
    BigDecimal price = BigDecimal.ZERO;
    Instant created = Instant.EPOCH;
}
