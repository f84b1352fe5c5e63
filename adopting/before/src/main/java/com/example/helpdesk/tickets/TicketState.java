package com.example.helpdesk.tickets;

/** Whether somebody still waits for an answer. */
enum TicketState {
    OPEN,
    CLOSED
}
