/**
 * The words of row-level isolation: how a table is named, the one form of its policy, and the form that only
 * observes. What is written by
 * {@code postgres.isolation} and what is demanded by {@code postgres.audit} come from here, so that they cannot differ.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.policy.TenantPolicy}. May import {@code isolation} and {@code tenant}
 * of core.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.policy;

import org.jspecify.annotations.NullMarked;
