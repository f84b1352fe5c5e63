/** A help desk for one company: people write, somebody answers. Start at {@code tickets.TicketController}. */
@NullMarked
package com.example.helpdesk;

import org.jspecify.annotations.NullMarked;
