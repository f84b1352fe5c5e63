/** An entity with a {@code @TenantId}, cached, with its repository and its routes. */
@NullMarked
package dev.lexigram.tenancy.spring.marked;

import org.jspecify.annotations.NullMarked;
