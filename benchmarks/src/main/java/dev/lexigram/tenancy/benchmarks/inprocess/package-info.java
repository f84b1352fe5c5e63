/**
 * What a request costs before it reaches a database, by JMH: the filter, the grammars, the validator.
 *
 * <p>Start at {@link dev.lexigram.tenancy.benchmarks.inprocess.JmhSuite}. The benchmarks are public because JMH wants it.
 */
@NullMarked
package dev.lexigram.tenancy.benchmarks.inprocess;

import org.jspecify.annotations.NullMarked;
