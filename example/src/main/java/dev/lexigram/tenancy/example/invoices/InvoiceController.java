package dev.lexigram.tenancy.example.invoices;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Invoices over HTTP. A path may name the tenant; nothing here reads it. */
@RestController
@RequireTenant
@RequestMapping({"/invoices", "/tenants/{tenant}/invoices"})
class InvoiceController {

    private static final MediaType CSV = new MediaType("text", "csv");

    private final InvoiceService invoices;

    InvoiceController(InvoiceService invoices) {
        this.invoices = invoices;
    }

    @GetMapping
    List<Invoice> list() {
        return invoices.list();
    }

    @PostMapping
    ResponseEntity<InvoiceWithLines> create(@Valid @RequestBody NewInvoice data) {
        var created = invoices.create(data);
        var location = ServletUriComponentsBuilder.fromCurrentRequestUri()
                .path("/{id}")
                .build(created.invoice().id());
        return ResponseEntity.created(location).body(created);
    }

    /** What is owed altogether; kept in memory until an invoice changes. */
    @GetMapping("/summary")
    InvoiceSummary summary() {
        return invoices.summary();
    }

    /** All invoices as CSV, as the database writes them. */
    @GetMapping("/export")
    ResponseEntity<StreamingResponseBody> export() {
        return ResponseEntity.ok().contentType(CSV).body(invoices::export);
    }

    @GetMapping("/{id}")
    InvoiceWithLines read(@PathVariable long id) {
        return invoices.read(id);
    }

    @PostMapping("/{id}/payment")
    InvoiceWithLines markPaid(@PathVariable long id) {
        return invoices.markPaid(id);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        invoices.delete(id);
    }
}
