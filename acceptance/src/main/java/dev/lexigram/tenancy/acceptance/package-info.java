/**
 * What tries a sample service from outside: a client, an identity provider that signs tokens, a database of its own on a
 * real PostgreSQL, and two tenants.
 *
 * <p>Start at {@link dev.lexigram.tenancy.acceptance.TestEnvironment}. For tests only.
 */
@NullMarked
package dev.lexigram.tenancy.acceptance;

import org.jspecify.annotations.NullMarked;
