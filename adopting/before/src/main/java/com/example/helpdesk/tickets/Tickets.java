package com.example.helpdesk.tickets;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

interface Tickets extends JpaRepository<Ticket, Long> {

    List<Ticket> findByOrderByIdDesc(Limit limit);
}
