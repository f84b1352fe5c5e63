/**
 * A tenant's life: creating it and changing its status, each change stored together with the fact that reports it.
 *
 * <p>Start at {@link dev.lexigram.tenancy.lifecycle.TenantLifecycleService}, the only writer of a status. May import
 * {@code tenant}, {@code context}, {@code stores} and {@code isolation}.
 */
@NullMarked
package dev.lexigram.tenancy.lifecycle;

import org.jspecify.annotations.NullMarked;
