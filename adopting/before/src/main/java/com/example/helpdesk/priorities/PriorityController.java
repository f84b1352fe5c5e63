package com.example.helpdesk.priorities;

import java.util.List;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is promised to everybody, also to those who have not logged in. */
@RestController
class PriorityController {

    private final JdbcClient jdbc;

    PriorityController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/priorities")
    @Cacheable("priorities")
    public List<Priority> priorities() {
        return jdbc.sql("select code, hours from priority order by hours")
                .query(Priority.class)
                .list();
    }
}
