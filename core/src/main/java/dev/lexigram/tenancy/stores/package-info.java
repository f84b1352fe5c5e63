/**
 * Where tenants and their configuration are kept: the interfaces that every store implements, and the store in memory.
 *
 * <p>Start at {@link dev.lexigram.tenancy.stores.TenantStore} and
 * {@link dev.lexigram.tenancy.stores.TenantConfigProvider}. May import {@code tenant}.
 */
@NullMarked
package dev.lexigram.tenancy.stores;

import org.jspecify.annotations.NullMarked;
