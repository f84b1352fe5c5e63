/** Customers once more, through entities that map no tenant, and with lazy parts that are read while the answer is written. */
@NullMarked
package dev.lexigram.tenancy.traffic.jpa;

import org.jspecify.annotations.NullMarked;
