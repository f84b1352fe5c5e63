package dev.lexigram.tenancy.example.invoices;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.LocalDate;
import java.util.List;

/** What a client says to write an invoice; it is issued today. */
record NewInvoice(
        @NotNull Long customerId,
        @NotNull LocalDate dueOn,
        @NotEmpty @Size(max = 100) List<@NotNull @Valid InvoiceLine> lines) {}
