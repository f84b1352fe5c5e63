package dev.lexigram.tenancy.hibernate;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MappedSuperclass;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalId;
import org.jspecify.annotations.Nullable;

/** Something in stock: a row, a row of a second table, and a collection of values. */
@MappedSuperclass
abstract class Item {

    @Id
    @Nullable
    Long id;

    @NaturalId
    String sku = "";

    String name = "";

    @Column(table = "item_detail")
    @Nullable
    String description;

    @ElementCollection
    @CollectionTable(name = "item_tag", joinColumns = @JoinColumn(name = "item_id"))
    @Column(name = "tag")
    @Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
    Set<String> tags = new HashSet<>();

    String getName() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }

    @Nullable
    String getDescription() {
        return description;
    }

    void setDescription(String description) {
        this.description = description;
    }

    Set<String> getTags() {
        return tags;
    }
}
