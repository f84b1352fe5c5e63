/** Invoices and their lines. Start at {@code InvoiceController}. */
@NullMarked
package dev.lexigram.tenancy.example.invoices;

import org.jspecify.annotations.NullMarked;
