/** Tests of one part of an application each, as Spring Boot offers them. */
@NullMarked
package dev.lexigram.tenancy.spring.slice;

import org.jspecify.annotations.NullMarked;
