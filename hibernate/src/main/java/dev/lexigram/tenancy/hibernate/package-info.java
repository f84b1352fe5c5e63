/**
 * Hibernate's sessions and caches, each for one tenant: what a session has loaded, and what a cache has kept, answers
 * without asking the database, so no policy guards it.
 *
 * <p>Start at {@link dev.lexigram.tenancy.hibernate.TenantSessions}. May import {@code tenant}, {@code context} and
 * {@code cache} of core, and Hibernate.
 */
@NullMarked
package dev.lexigram.tenancy.hibernate;

import org.jspecify.annotations.NullMarked;
