package dev.lexigram.tenancy.example.invoices;

import java.io.Serializable;
import java.math.BigDecimal;

/** The invoices that are not paid yet. */
record InvoiceSummary(long open, long overdue, BigDecimal owed) implements Serializable {}
