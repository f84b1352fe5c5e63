package dev.lexigram.tenancy.example.customers;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** Someone who is invoiced: an entity as it was before there were tenants. It maps none, and none of its queries names one. */
@Entity
class Customer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name = "";
    private String email = "";

    protected Customer() {}

    Customer(CustomerData data) {
        change(data);
    }

    void change(CustomerData data) {
        name = data.name();
        email = data.email();
    }

    public @Nullable Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public String getEmail() {
        return email;
    }
}
