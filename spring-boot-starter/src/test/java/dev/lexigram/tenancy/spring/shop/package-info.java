/** An application that knows nothing of tenants: a shop over JPA, Spring Data and JDBC, and all that it does to its rows. */
@NullMarked
package dev.lexigram.tenancy.spring.shop;

import org.jspecify.annotations.NullMarked;
