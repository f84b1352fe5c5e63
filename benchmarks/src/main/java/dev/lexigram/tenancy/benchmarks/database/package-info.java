/**
 * What row-level isolation costs on a real PostgreSQL: the same work through every contender, with the floor run twice,
 * over loopback and over a network that is made slower.
 *
 * <p>Start at {@link dev.lexigram.tenancy.benchmarks.database.DatabaseSuite}; {@code Contender} is where a binder is
 * added, {@code Case} where work is.
 */
@NullMarked
package dev.lexigram.tenancy.benchmarks.database;

import org.jspecify.annotations.NullMarked;
