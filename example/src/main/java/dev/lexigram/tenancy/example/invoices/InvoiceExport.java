package dev.lexigram.tenancy.example.invoices;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.Connection;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Invoices as the database writes them out: COPY goes past every filter of an application, but not past the policies. */
@Repository
class InvoiceExport {

    private static final String COPY = """
            copy (select i.id, c.name customer, i.issued_on, i.due_on, i.paid_on, l.description, l.quantity, l.unit_price
                  from invoice i join customer c on c.id = i.customer_id join invoice_line l on l.invoice_id = i.id
                  order by i.id, l.id)
            to stdout with (format csv, header)""";

    private final JdbcTemplate jdbc;

    InvoiceExport(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    void write(OutputStream csv) {
        jdbc.execute((Connection connection) -> {
            try {
                return connection.unwrap(PGConnection.class).getCopyAPI().copyOut(COPY, csv);
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
        });
    }
}
