/**
 * Which tenant a call names: the framework-free view of a call, and the resolvers that read it.
 *
 * <p>Start at {@link dev.lexigram.tenancy.resolution.CompositeResolver}. May import {@code tenant}; a resolver is a pure
 * function of the request and knows neither stores nor the context.
 */
@NullMarked
package dev.lexigram.tenancy.resolution;

import org.jspecify.annotations.NullMarked;
