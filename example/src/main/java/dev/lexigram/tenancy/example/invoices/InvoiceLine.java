package dev.lexigram.tenancy.example.invoices;

import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.PositiveOrZero;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;

/** One line of an invoice, as it is sent and as it is read. */
record InvoiceLine(
        @NotBlank @Size(max = 200) String description,
        @Positive @Max(1_000_000) int quantity,

        @NotNull @PositiveOrZero @Digits(integer = 10, fraction = 2)
        BigDecimal unitPrice) {}
