/**
 * What is configured for one tenant and not for another: overrides of what a plan or the application says by default.
 *
 * <p>Start at {@link dev.lexigram.tenancy.overrides.TenantConfigService}. May import {@code tenant}, {@code context},
 * {@code stores} and {@code cache}.
 */
@NullMarked
package dev.lexigram.tenancy.overrides;

import org.jspecify.annotations.NullMarked;
