/**
 * Invoicing: a small service as a team writes it before it has thought about tenants. Start at {@code customers}, then
 * look for the word tenant: it stands in {@code application.yaml}, in one migration, in the routes and in one
 * annotation for each controller, and in no SQL.
 */
@NullMarked
package dev.lexigram.tenancy.example;

import org.jspecify.annotations.NullMarked;
