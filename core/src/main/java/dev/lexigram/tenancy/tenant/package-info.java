/**
 * What a tenant is: its identity, its state, the facts that happen to it, and every error the library raises.
 *
 * <p>Start at {@link dev.lexigram.tenancy.tenant.Tenant}. Imports the JDK only.
 */
@NullMarked
package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.NullMarked;
