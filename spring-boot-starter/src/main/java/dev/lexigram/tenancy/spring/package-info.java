/**
 * The library in a Spring Boot application: properties become a configuration, beans become parts of it, and what the
 * application has already (a DataSource, controllers, executors) is made to keep tenants apart.
 *
 * <p>Start at {@link dev.lexigram.tenancy.spring.TenancyAutoConfiguration}. May import every module of the library and
 * Spring; the application's own beans always win.
 */
@NullMarked
package dev.lexigram.tenancy.spring;

import org.jspecify.annotations.NullMarked;
