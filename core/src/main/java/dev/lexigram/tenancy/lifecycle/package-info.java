/**
 * A tenant's life: creating it, changing its status and removing it, each change stored together with the fact that
 * reports it. What takes several steps is a run in the journal of the store, which another node can end.
 *
 * <p>Start at {@link dev.lexigram.tenancy.lifecycle.TenantLifecycleService}, the only writer of a status. May import
 * {@code tenant}, {@code context}, {@code stores} and {@code isolation}.
 */
@NullMarked
package dev.lexigram.tenancy.lifecycle;

import org.jspecify.annotations.NullMarked;
