package dev.lexigram.tenancy.spring.columns;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of table specimen, which knows nothing of tenants. */
@Entity
public class Specimen {

    /** A type of the database. */
    public enum Mood {
        calm,
        angry
    }

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "specimen_seq")
    @SequenceGenerator(name = "specimen_seq", sequenceName = "specimen_seq", allocationSize = 10)
    private @Nullable Long id;

    private UUID code = UUID.randomUUID();

    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    private Mood mood = Mood.calm;

    @JdbcTypeCode(SqlTypes.JSON)
    private Map<String, String> facts = Map.of();

    @JdbcTypeCode(SqlTypes.ARRAY)
    private List<String> labels = List.of();

    private String mail = "";

    @Generated
    @Column(insertable = false, updatable = false)
    private @Nullable String domainPart;

    protected Specimen() {}

    public Specimen(String mail, Mood mood, Map<String, String> facts, List<String> labels) {
        this.mail = mail;
        this.mood = mood;
        this.facts = facts;
        this.labels = labels;
    }

    public @Nullable Long id() {
        return id;
    }

    public UUID code() {
        return code;
    }

    public Mood mood() {
        return mood;
    }

    public Map<String, String> facts() {
        return facts;
    }

    public List<String> labels() {
        return labels;
    }

    public @Nullable String domainPart() {
        return domainPart;
    }
}
