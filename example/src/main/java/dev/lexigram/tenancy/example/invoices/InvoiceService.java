package dev.lexigram.tenancy.example.invoices;

import dev.lexigram.tenancy.example.web.NotFoundException;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be done with invoices, each in one transaction. */
@Service
@Transactional
class InvoiceService {

    private final InvoiceRepository invoices;

    InvoiceService(InvoiceRepository invoices) {
        this.invoices = invoices;
    }

    @Transactional(readOnly = true)
    List<Invoice> list() {
        return invoices.list();
    }

    InvoiceWithLines create(NewInvoice data) {
        var id = invoices.insert(data.customerId(), data.dueOn());
        data.lines().forEach(line -> invoices.insertLine(id, line));
        return read(id);
    }

    @Transactional(readOnly = true)
    InvoiceWithLines read(long id) {
        var invoice = invoices.find(id).orElseThrow(InvoiceService::notFound);
        return new InvoiceWithLines(invoice, invoices.lines(id));
    }

    /** Keeps the day of the first payment when it is called again. */
    InvoiceWithLines markPaid(long id) {
        if (!invoices.markPaid(id)) {
            throw notFound();
        }
        return read(id);
    }

    void delete(long id) {
        if (!invoices.delete(id)) {
            throw notFound();
        }
    }

    private static NotFoundException notFound() {
        return NotFoundException.of("invoice");
    }
}
