package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.CascadeType;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.OneToMany;
import jakarta.persistence.SequenceGenerator;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** With ids of a sequence, fifty at a time, and lines that are loaded when they are looked at. */
@Entity
class Purchase {

    @Id
    @GeneratedValue(strategy = GenerationType.SEQUENCE)
    @SequenceGenerator(name = "purchase_seq", sequenceName = "purchase_seq", allocationSize = 50)
    @Nullable
    Long id;

    String name = "";

    @OneToMany(mappedBy = "purchase", cascade = CascadeType.ALL, orphanRemoval = true)
    List<PurchaseLine> lines = new ArrayList<>();

    String getName() {
        return name;
    }

    List<PurchaseLine> getLines() {
        return lines;
    }
}
