package dev.lexigram.tenancy.hibernate;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Entity;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.PrimaryKeyJoinColumn;
import jakarta.persistence.SecondaryTable;
import jakarta.persistence.Table;
import org.hibernate.annotations.Cache;
import org.hibernate.annotations.CacheConcurrencyStrategy;
import org.hibernate.annotations.NaturalIdCache;

/** An item whose entity knows nothing of tenants: the column fills itself. */
@Entity
@Table(name = "item")
@SecondaryTable(name = "item_detail", pkJoinColumns = @PrimaryKeyJoinColumn(name = "item_id"))
@Cacheable
@Cache(usage = CacheConcurrencyStrategy.READ_WRITE)
@NaturalIdCache
@NamedQuery(name = "PlainItem.names", query = "select i.name from PlainItem i where i.id = :id")
class PlainItem extends Item {}
