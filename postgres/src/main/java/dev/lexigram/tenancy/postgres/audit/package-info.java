/**
 * The proof that the database keeps tenants apart: who the application logs in as, what that role can reach, and whether
 * all of it is protected.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.audit.TenancyAudit}; {@link
 * dev.lexigram.tenancy.postgres.audit.FindingCode} lists what it looks for. May import {@code postgres.policy} and core's
 * {@code isolation} and {@code tenant}.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.audit;

import org.jspecify.annotations.NullMarked;
