package com.example.helpdesk.tickets;

import com.example.helpdesk.contacts.Contacts;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

/** What can be done with tickets, each in one transaction. */
@Service
@Transactional
class TicketService {

    private final Tickets tickets;
    private final Contacts contacts;

    TicketService(Tickets tickets, Contacts contacts) {
        this.tickets = tickets;
        this.contacts = contacts;
    }

    @Transactional(readOnly = true)
    public List<Ticket> list() {
        return tickets.findByOrderByIdDesc(Limit.of(100));
    }

    public Ticket open(NewTicket data) {
        var ticket = new Ticket(contacts.getReferenceById(data.contactId()), data.subject(), data.dueOn());
        ticket.getComments().add(data.comment());
        return tickets.save(ticket);
    }

    @Transactional(readOnly = true)
    public Ticket read(long id) {
        return tickets.findById(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    public Ticket close(long id) {
        var ticket = read(id);
        ticket.close();
        return ticket;
    }

    public void delete(long id) {
        tickets.delete(read(id));
    }
}
