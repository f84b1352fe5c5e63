package dev.lexigram.tenancy.spring.shop;

import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

/** A repository of entities whose ids the application makes. */
interface Tickets extends JpaRepository<Ticket, UUID> {

    long deleteByName(String name);
}
