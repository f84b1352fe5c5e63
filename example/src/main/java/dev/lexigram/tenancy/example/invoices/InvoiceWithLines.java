package dev.lexigram.tenancy.example.invoices;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/** An invoice as its customer gets it. */
record InvoiceWithLines(@JsonUnwrapped Invoice invoice, List<InvoiceLine> lines) {}
