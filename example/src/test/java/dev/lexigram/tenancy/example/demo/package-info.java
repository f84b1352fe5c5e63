/** The tour that {@code ./demo} gives: PostgreSQL, the service, two tenants and real HTTP calls. Start at {@code Demo}. */
@NullMarked
package dev.lexigram.tenancy.example.demo;

import org.jspecify.annotations.NullMarked;
