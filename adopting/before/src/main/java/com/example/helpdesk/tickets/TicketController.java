package com.example.helpdesk.tickets;

import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Comments are read while the answer is written: the session is open that long. */
@RestController
@RequestMapping("/tickets")
class TicketController {

    private final TicketService tickets;
    private final TicketCounts counts;

    TicketController(TicketService tickets, TicketCounts counts) {
        this.tickets = tickets;
        this.counts = counts;
    }

    @GetMapping
    List<Ticket> list() {
        return tickets.list();
    }

    @GetMapping("/counts")
    List<TicketCounts.Count> counts() {
        return counts.byContact();
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Ticket open(@Valid @RequestBody NewTicket data) {
        return tickets.open(data);
    }

    @GetMapping("/{id}")
    Ticket read(@PathVariable long id) {
        return tickets.read(id);
    }

    @PostMapping("/{id}/closing")
    Ticket close(@PathVariable long id) {
        return tickets.close(id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        tickets.delete(id);
    }
}
