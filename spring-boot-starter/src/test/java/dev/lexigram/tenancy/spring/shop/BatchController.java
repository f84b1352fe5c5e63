package dev.lexigram.tenancy.spring.shop;

import java.util.Arrays;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Changes several products at once: all that were asked for, or none. */
@RestController
class BatchController {

    private final Products products;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    BatchController(Products products, JdbcClient jdbc, TransactionTemplate transaction) {
        this.products = products;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    @PostMapping("/batch/jpa")
    ResponseEntity<String> byJpa(@RequestBody String body) {
        var ids = ids(body);
        return answer(transaction.execute(status -> {
            var found = products.findAllById(ids);
            if (found.size() != ids.size()) {
                return false;
            }
            found.forEach(product -> product.setName("renamed"));
            return true;
        }));
    }

    @PostMapping("/batch/jdbc")
    ResponseEntity<String> byJdbc(@RequestBody String body) {
        var ids = ids(body);
        return answer(transaction.execute(status -> {
            var all = rename(ids) == ids.size();
            if (!all) {
                status.setRollbackOnly();
            }
            return all;
        }));
    }

    /** What is wrong: it changes what it may and says nothing of the rest. */
    @PostMapping("/batch/any")
    ResponseEntity<String> anyOf(@RequestBody String body) {
        return answer(rename(ids(body)) > 0);
    }

    private int rename(List<Long> ids) {
        return jdbc.sql("update product set name = 'renamed' where id in (:ids)")
                .param("ids", ids)
                .update();
    }

    private static ResponseEntity<String> answer(boolean done) {
        return done ? ResponseEntity.ok("done") : ResponseEntity.status(404).body("not found");
    }

    private static List<Long> ids(String body) {
        return Arrays.stream(body.split(",")).map(Long::valueOf).distinct().toList();
    }
}
