package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import java.util.Map;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** With an assigned id, an enum of the database, JSON and an array. */
@Entity
class Ticket {

    @Id
    UUID id = UUID.randomUUID();

    String name = "";

    @Enumerated(EnumType.STRING)
    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    TicketState state = TicketState.OPEN;

    String[] labels = {};

    @JdbcTypeCode(SqlTypes.JSON)
    Map<String, String> details = Map.of();

    static Ticket of(UUID id, String name) {
        var ticket = new Ticket();
        ticket.id = id;
        ticket.name = name;
        return ticket;
    }

    String getName() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }
}
