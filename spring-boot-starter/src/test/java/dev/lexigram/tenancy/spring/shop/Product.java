package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.JoinTable;
import jakarta.persistence.ManyToMany;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Version;
import java.util.HashSet;
import java.util.Set;
import org.hibernate.annotations.Formula;
import org.jspecify.annotations.Nullable;

/** With an identity, a version, a second table, a collection of values, a join table and a formula. */
@Entity
@SecondaryTable(name = "product_detail", pkJoinColumns = @PrimaryKeyJoinColumn(name = "product_id"))
class Product {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    @Nullable
    Long id;

    String name = "";

    @Version
    @Nullable
    Integer version;

    @Column(table = "product_detail")
    @Nullable
    String description;

    @ElementCollection
    @CollectionTable(name = "product_tag", joinColumns = @JoinColumn(name = "product_id"))
    @Column(name = "tag")
    Set<String> tags = new HashSet<>();

    @ManyToMany
    @JoinTable(
            name = "product_category",
            joinColumns = @JoinColumn(name = "product_id"),
            inverseJoinColumns = @JoinColumn(name = "category_id"))
    Set<Category> categories = new HashSet<>();

    @Formula("(select string_agg(t.tag, ',') from product_tag t where t.product_id = id)")
    @Nullable
    String allTags;

    static Product detached(long id, String name) {
        var product = new Product();
        product.id = id;
        product.version = 0;
        product.name = name;
        return product;
    }

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

    Set<Category> getCategories() {
        return categories;
    }

    @Nullable
    String getAllTags() {
        return allTags;
    }
}
