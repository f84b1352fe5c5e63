package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.Entity;

/** A payment in two tables. */
@Entity
class CardPayment extends Payment {

    String card = "";

    String getCard() {
        return card;
    }
}
