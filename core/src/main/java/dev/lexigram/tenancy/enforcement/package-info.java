/**
 * Whether a call may act as the tenant that it names: exists, is active, and the caller belongs to it.
 *
 * <p>Start at {@link dev.lexigram.tenancy.enforcement.TenantAdmission}. May import {@code tenant}, {@code context},
 * {@code resolution}, {@code stores} and {@code cache}.
 */
@NullMarked
package dev.lexigram.tenancy.enforcement;

import org.jspecify.annotations.NullMarked;
