package dev.lexigram.tenancy.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;
import org.hibernate.annotations.TenantId;
import org.jspecify.annotations.Nullable;

/** An item whose entity has a {@code @TenantId}. */
@Entity
@Table(name = "item")
@SecondaryTable(name = "item_detail", pkJoinColumns = @PrimaryKeyJoinColumn(name = "item_id"))
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@NamedQuery(name = "MarkedItem.names", query = "select i.name from MarkedItem i where i.id = :id")
class MarkedItem extends Item {

    @TenantId
    @Column(name = "tenant_id")
    @Nullable
    String tenantId;
}
