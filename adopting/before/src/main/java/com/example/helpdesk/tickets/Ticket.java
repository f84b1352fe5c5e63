package com.example.helpdesk.tickets;

import com.example.helpdesk.categories.Category;
import com.example.helpdesk.contacts.Contact;
import com.fasterxml.jackson.annotation.JsonIgnore;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OrderColumn;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What somebody wrote, and the answers. */
@Entity
class Ticket {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    @JsonIgnore
    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Contact contact;

    @ManyToOne(fetch = FetchType.LAZY)
    private @Nullable Category category;

    private String priority = "normal";
    private String subject = "";

    @JdbcTypeCode(SqlTypes.NAMED_ENUM)
    private TicketState state = TicketState.OPEN;

    private LocalDate dueOn = LocalDate.EPOCH;

    @ElementCollection
    @CollectionTable(name = "ticket_comment")
    @OrderColumn(name = "place")
    @Column(name = "text")
    private List<String> comments = new ArrayList<>();

    protected Ticket() {}

    Ticket(Contact contact, String subject, LocalDate dueOn) {
        this.contact = contact;
        this.subject = subject;
        this.dueOn = dueOn;
    }

    public @Nullable Long getId() {
        return id;
    }

    public String getSubject() {
        return subject;
    }

    public String getPriority() {
        return priority;
    }

    public TicketState getState() {
        return state;
    }

    public LocalDate getDueOn() {
        return dueOn;
    }

    public List<String> getComments() {
        return comments;
    }

    void close() {
        state = TicketState.CLOSED;
    }
}
