package dev.lexigram.tenancy.enforcement;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lets a call pass only when an active tenant is bound. On a type it holds for every method; on both, both are
 * enforced, the type's first.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface RequireTenant {

    /** The id or slug of the one tenant that may pass; empty for any. */
    String value() default "";
}
