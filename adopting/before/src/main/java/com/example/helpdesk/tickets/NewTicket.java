package com.example.helpdesk.tickets;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;

/** What a client says to open a ticket. */
record NewTicket(
        @NotNull Long contactId,
        @NotBlank String subject,
        @NotBlank String comment,
        @NotNull LocalDate dueOn) {}
