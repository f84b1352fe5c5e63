@NullMarked
package dev.lexigram.tenancy.postgres.schema;

import org.jspecify.annotations.NullMarked;
