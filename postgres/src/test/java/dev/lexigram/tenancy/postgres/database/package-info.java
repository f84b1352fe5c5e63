@NullMarked
package dev.lexigram.tenancy.postgres.database;

import org.jspecify.annotations.NullMarked;
