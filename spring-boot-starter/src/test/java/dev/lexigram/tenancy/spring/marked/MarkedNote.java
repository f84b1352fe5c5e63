package dev.lexigram.tenancy.spring.marked;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** A note that says whose it is. */
@Entity
@Table(name = "note")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class MarkedNote {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String body = "";

    @TenantId
    @Column(name = "tenant_id")
    private @Nullable String tenantId;

    protected MarkedNote() {}

    MarkedNote(String body) {
        this.body = body;
    }

    @Nullable
    Long id() {
        return id;
    }

    String body() {
        return body;
    }

    @Nullable
    String tenantId() {
        return tenantId;
    }
}
