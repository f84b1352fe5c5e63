/**
 * Why the application does not start, said on the console with the lines to write.
 *
 * <p>Spring Boot finds the analyzers itself; start at {@link dev.lexigram.tenancy.spring.start.DatabaseNotReadyException}
 * for the one thing that the library adds to what a database can refuse. May import the library and Spring, and nothing of
 * the auto-configuration.
 */
@NullMarked
package dev.lexigram.tenancy.spring.start;

import org.jspecify.annotations.NullMarked;
