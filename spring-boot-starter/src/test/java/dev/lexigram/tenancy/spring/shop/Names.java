package dev.lexigram.tenancy.spring.shop;

import jakarta.persistence.EntityManager;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The names of products and labels that the current work can see, as text. */
@Component
class Names {

    private final EntityManager em;
    private final JdbcClient jdbc;

    Names(EntityManager em, JdbcClient jdbc) {
        this.em = em;
        this.jdbc = jdbc;
    }

    String byJpa() {
        return String.valueOf(
                em.createQuery("select p.name from Product p", String.class).getResultList());
    }

    String byJdbc() {
        return String.valueOf(
                jdbc.sql("select name from product").query(String.class).list());
    }

    String both() {
        return byJpa() + byJdbc();
    }

    void add(String label) {
        jdbc.sql("insert into label (name) values (?)").param(label).update();
    }
}
