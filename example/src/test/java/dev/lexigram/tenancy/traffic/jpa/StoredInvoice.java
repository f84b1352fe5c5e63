package dev.lexigram.tenancy.traffic.jpa;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** An invoice, for reading only. */
@Entity
@Table(name = "invoice")
public class StoredInvoice {

    @Id
    private long id;

    private LocalDate dueOn = LocalDate.EPOCH;

    @ElementCollection
    @CollectionTable(name = "invoice_line", joinColumns = @JoinColumn(name = "invoice_id"))
    @Column(name = "description")
    private List<String> lines = new ArrayList<>();

    public long getId() {
        return id;
    }

    public LocalDate getDueOn() {
        return dueOn;
    }

    public List<String> getLines() {
        return lines;
    }
}
