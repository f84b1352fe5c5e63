package dev.lexigram.tenancy.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test method, or every one of a class and of the classes nested in it, as an active tenant with this id and slug;
 * and with it the methods that run before and after each. The method's annotation beats the class's.
 *
 * <p>In a test with Spring the transaction of the test and its {@code @Sql} scripts belong to the tenant, too.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@ExtendWith(TenancyExtension.class)
public @interface WithTenant {

    /** The id, which is also the slug: lower case. */
    String value();
}
