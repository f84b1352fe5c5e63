/**
 * How a database of one tenant becomes a database of many: a plan that is read off its catalogue, to review and commit.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.adoption.SchemaAdoption}; {@link
 * dev.lexigram.tenancy.postgres.adoption.AdoptCommand} is the same from a shell. The questions to the catalogue stand in
 * files of SQL beside the classes. May import {@code postgres.isolation}, which writes the policies, {@code
 * postgres.policy}, {@code postgres.audit} and core's {@code tenant} and {@code isolation}.
 */
@NullMarked
package dev.lexigram.tenancy.postgres.adoption;

import org.jspecify.annotations.NullMarked;
