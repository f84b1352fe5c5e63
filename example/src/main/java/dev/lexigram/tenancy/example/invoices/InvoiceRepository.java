package dev.lexigram.tenancy.example.invoices;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of invoices. No statement names a tenant: the database confines each one. */
@Repository
class InvoiceRepository {

    private static final String INVOICES = """
            select id, customer_id, issued_on, due_on, paid_on,
                   (select coalesce(sum(quantity * unit_price), 0) from invoice_line where invoice_id = invoice.id) total
            from invoice
            """;

    private static final String LATE_FEE = "Late fee";

    private final JdbcClient jdbc;

    InvoiceRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Invoice> list() {
        return jdbc.sql(INVOICES + "order by id desc limit 100")
                .query(Invoice.class)
                .list();
    }

    Optional<Invoice> find(long id) {
        return jdbc.sql(INVOICES + "where id = :id")
                .param("id", id)
                .query(Invoice.class)
                .optional();
    }

    List<InvoiceLine> lines(long invoiceId) {
        return jdbc.sql("select description, quantity, unit_price from invoice_line where invoice_id = :id order by id")
                .param("id", invoiceId)
                .query(InvoiceLine.class)
                .list();
    }

    InvoiceSummary summary() {
        return jdbc.sql("""
                        select count(distinct i.id) open, count(distinct i.id) filter (where i.due_on < current_date) overdue,
                               coalesce(sum(l.quantity * l.unit_price), 0) owed
                        from invoice i left join invoice_line l on l.invoice_id = i.id
                        where i.paid_on is null""").query(InvoiceSummary.class).single();
    }

    int insertLateFees(BigDecimal fee) {
        return jdbc.sql("""
                        insert into invoice_line (invoice_id, description, quantity, unit_price)
                        select id, :late, 1, :fee from invoice
                        where paid_on is null and due_on < current_date and not exists (
                            select from invoice_line where invoice_id = invoice.id and description = :late)""").param("late", LATE_FEE).param("fee", fee).update();
    }

    long insert(long customerId, LocalDate dueOn) {
        return jdbc.sql("insert into invoice (customer_id, due_on) values (:customerId, :dueOn) returning id")
                .param("customerId", customerId)
                .param("dueOn", dueOn)
                .query(Long.class)
                .single();
    }

    void insertLine(long invoiceId, InvoiceLine line) {
        jdbc.sql("insert into invoice_line (invoice_id, description, quantity, unit_price)"
                        + " values (:invoiceId, :description, :quantity, :unitPrice)")
                .param("invoiceId", invoiceId)
                .param("description", line.description())
                .param("quantity", line.quantity())
                .param("unitPrice", line.unitPrice())
                .update();
    }

    boolean markPaid(long id) {
        return jdbc.sql("update invoice set paid_on = coalesce(paid_on, current_date) where id = :id")
                        .param("id", id)
                        .update()
                == 1;
    }

    boolean delete(long id) {
        return jdbc.sql("delete from invoice where id = :id").param("id", id).update() == 1;
    }
}
