/** The tutorial as tests: the service over real HTTP, with signed tokens and a real PostgreSQL. */
@NullMarked
package dev.lexigram.tenancy.example;

import org.jspecify.annotations.NullMarked;
