package dev.lexigram.tenancy.spring.slice;

import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import org.jspecify.annotations.Nullable;

/** A row of table task. */
@Entity
class Task {

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String title = "";

    protected Task() {}

    Task(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }
}
