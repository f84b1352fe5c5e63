/**
 * What tests of a tenant-safe application need: a real PostgreSQL with the roles of the library, tenants to run as, and
 * the contract of every interface that can be implemented.
 *
 * <p>Start at {@link dev.lexigram.tenancy.testkit.TenancyTest}. May import core; it finds the roles' script of the
 * {@code postgres} module on the class path.
 */
@NullMarked
package dev.lexigram.tenancy.testkit;

import org.jspecify.annotations.NullMarked;
