package com.example.helpdesk.tickets;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** A report, in SQL by hand. */
@Repository
class TicketCounts {

    private final JdbcClient jdbc;

    TicketCounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Count> byContact() {
        return jdbc.sql("""
                        select c.name as contact, count(*) filter (where t.state = 'OPEN') as open, count(*) as total
                        from ticket t join contact c on c.id = t.contact_id
                        group by c.id order by open desc, c.name limit 20""").query(Count.class).list();
    }

    record Count(String contact, long open, long total) {}
}
