package dev.lexigram.tenancy.spring.shop;

/** A type of the database, too. */
enum TicketState {
    OPEN,
    CLOSED
}
