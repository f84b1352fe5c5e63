package dev.lexigram.tenancy.spring.cached;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;

/** A note, by its id alone. */
@Entity
@Table(name = "note")
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
public class CachedNote {

    @Id
    private long id;

    private String body = "";

    public long getId() {
        return id;
    }

    public String getBody() {
        return body;
    }
}
