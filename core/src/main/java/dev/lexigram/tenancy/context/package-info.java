/**
 * The current tenant of the running work: entered and read, never set and never cleared.
 *
 * <p>Start at {@link dev.lexigram.tenancy.context.TenantContext}. May import {@code tenant}; only this package knows
 * what carries the tenant from call to call.
 */
@NullMarked
package dev.lexigram.tenancy.context;

import org.jspecify.annotations.NullMarked;
