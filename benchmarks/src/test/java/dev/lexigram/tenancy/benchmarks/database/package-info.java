/** How round trips are counted and what the cases do, tested. */
@NullMarked
package dev.lexigram.tenancy.benchmarks.database;

import org.jspecify.annotations.NullMarked;
