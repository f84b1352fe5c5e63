package dev.lexigram.tenancy.example.invoices;

import dev.lexigram.tenancy.example.web.NotFoundException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.springframework.cache.annotation.CacheEvict;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be done with invoices, each in one transaction. */
@Service
@Transactional
class InvoiceService {

    private final InvoiceRepository invoices;
    private final InvoiceExport exports;

    InvoiceService(InvoiceRepository invoices, InvoiceExport exports) {
        this.invoices = invoices;
        this.exports = exports;
    }

    @Transactional(readOnly = true)
    public List<Invoice> list() {
        return invoices.list();
    }

    /** Each tenant has its own: the cache is keyed by tenant, and emptied for one alone. */
    @Transactional(readOnly = true)
    @Cacheable("summaries")
    public InvoiceSummary summary() {
        return invoices.summary();
    }

    /** Adds a line for being late to every invoice that is overdue and has none yet. @return how many */
    @CacheEvict(cacheNames = "summaries", allEntries = true)
    public int chargeLateFees(BigDecimal fee) {
        return invoices.insertLateFees(fee);
    }

    @Transactional(readOnly = true)
    public void export(OutputStream csv) {
        exports.write(csv);
    }

    @CacheEvict(cacheNames = "summaries", allEntries = true)
    public InvoiceWithLines create(NewInvoice data) {
        var id = invoices.insert(data.customerId(), data.dueOn());
        data.lines().forEach(line -> invoices.insertLine(id, line));
        return read(id);
    }

    @Transactional(readOnly = true)
    public InvoiceWithLines read(long id) {
        var invoice = invoices.find(id).orElseThrow(InvoiceService::notFound);
        return new InvoiceWithLines(invoice, invoices.lines(id));
    }

    /** Keeps the day of the first payment when it is called again. */
    @CacheEvict(cacheNames = "summaries", allEntries = true)
    public InvoiceWithLines markPaid(long id) {
        if (!invoices.markPaid(id)) {
            throw notFound();
        }
        return read(id);
    }

    @CacheEvict(cacheNames = "summaries", allEntries = true)
    public void delete(long id) {
        if (!invoices.delete(id)) {
            throw notFound();
        }
    }

    private static NotFoundException notFound() {
        return NotFoundException.of("invoice");
    }
}
