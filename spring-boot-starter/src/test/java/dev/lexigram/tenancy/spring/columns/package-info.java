/** An entity with the columns that PostgreSQL has and others have not. */
@NullMarked
package dev.lexigram.tenancy.spring.columns;

import org.jspecify.annotations.NullMarked;
