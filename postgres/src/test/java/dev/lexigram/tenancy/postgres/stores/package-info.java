/** The control plane against a real PostgreSQL: its contract, its tables, its rights, and a database that goes away. */
@NullMarked
package dev.lexigram.tenancy.postgres.stores;

import org.jspecify.annotations.NullMarked;
