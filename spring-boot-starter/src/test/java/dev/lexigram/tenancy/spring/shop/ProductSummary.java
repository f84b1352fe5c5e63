package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.Subselect;
import org.hibernate.annotations.Synchronize;

/** A query that looks like an entity. */
@Entity
@Immutable
@Subselect("select p.id, p.name, count(t.tag) as tags from product p left join product_tag t on t.product_id = p.id"
        + " group by p.id")
@Synchronize({"product", "product_tag"})
class ProductSummary {

    @Id
    long id;

    String name = "";
    long tags;

    String getName() {
        return name;
    }
}
