package dev.lexigram.tenancy.traffic.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OneToMany;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A customer as an entity of an application that has never heard of tenants. */
@Entity
@Table(name = "customer")
public class StoredCustomer {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name = "";
    private String email = "";

    @OneToMany
    @JoinColumn(name = "customer_id", insertable = false, updatable = false)
    private List<StoredInvoice> invoices = new ArrayList<>();

    public @Nullable Long getId() {
        return id;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getEmail() {
        return email;
    }

    public void setEmail(String email) {
        this.email = email;
    }

    /** Read from the database when the answer is written, long after the transaction. */
    public List<StoredInvoice> getInvoices() {
        return invoices;
    }
}
