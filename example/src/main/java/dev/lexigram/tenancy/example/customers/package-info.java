/** Those who are invoiced. Start at {@code CustomerController}. */
@NullMarked
package dev.lexigram.tenancy.example.customers;

import org.jspecify.annotations.NullMarked;
