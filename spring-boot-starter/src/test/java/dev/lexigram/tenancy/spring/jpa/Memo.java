package dev.lexigram.tenancy.spring.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A row of table memo, which knows nothing of tenants. */
@Entity
public class Memo {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String body = "";

    protected Memo() {}

    public Memo(String body) {
        this.body = body;
    }

    public String body() {
        return body;
    }

    public @Nullable Long id() {
        return id;
    }
}
