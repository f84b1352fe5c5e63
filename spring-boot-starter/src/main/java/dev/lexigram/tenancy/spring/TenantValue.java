package dev.lexigram.tenancy.spring;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A parameter of a method that handles requests, which gets what is configured for the current tenant.
 *
 * <p>It may be text, a truth value, a whole number, a {@code BigDecimal}, a {@code Duration}, an enum, or an
 * {@code Optional} of those; any other type ends the start. Where nothing holds for the key, an {@code Optional} is
 * empty and everything else is refused, as is a value that does not fit; without a tenant the request is refused.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface TenantValue {

    /** The key. */
    String value();
}
