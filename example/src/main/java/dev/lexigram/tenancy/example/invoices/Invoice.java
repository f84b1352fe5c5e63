package dev.lexigram.tenancy.example.invoices;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** An invoice without its lines; {@code paidOn} is null until it is paid. */
record Invoice(
        long id,
        long customerId,
        LocalDate issuedOn,
        LocalDate dueOn,
        @Nullable LocalDate paidOn,
        BigDecimal total) {}
