package dev.lexigram.tenancy.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test class with a real PostgreSQL: a parameter of type {@link TestDatabase} gets a database of its own, dropped
 * after the class. No Docker and nothing to install.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(TenancyExtension.class)
public @interface TenancyTest {}
