/**
 * Where tenants are kept: the interface that every store implements, and the store in memory.
 *
 * <p>Start at {@link dev.lexigram.tenancy.stores.TenantStore}. May import {@code tenant}.
 */
@NullMarked
package dev.lexigram.tenancy.stores;

import org.jspecify.annotations.NullMarked;
