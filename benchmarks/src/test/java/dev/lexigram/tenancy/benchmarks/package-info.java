/** How the figures are made, tested; nothing here measures time. */
@NullMarked
package dev.lexigram.tenancy.benchmarks;

import org.jspecify.annotations.NullMarked;
