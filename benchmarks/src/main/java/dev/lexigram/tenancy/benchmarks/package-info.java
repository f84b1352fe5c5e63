/**
 * What tenancy costs, always as a ratio to a floor that was run beside it.
 *
 * <p>Start at {@link dev.lexigram.tenancy.benchmarks.Benchmarks}. This package holds what all suites share: options,
 * rounds and tables. {@code inprocess} measures with JMH, {@code database} on a real PostgreSQL.
 */
@NullMarked
package dev.lexigram.tenancy.benchmarks;

import org.jspecify.annotations.NullMarked;
