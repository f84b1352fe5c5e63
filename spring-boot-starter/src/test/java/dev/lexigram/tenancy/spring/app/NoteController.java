package dev.lexigram.tenancy.spring.app;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Package-private and final: the guard of handlers needs no proxy. */
@RequireTenant
@RestController
final class NoteController {

    private final JdbcClient jdbc;

    NoteController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @GetMapping("/notes")
    List<String> notes() {
        return jdbc.sql("select body from note order by id").query(String.class).list();
    }

    @PostMapping("/notes")
    void write(@RequestBody String body) {
        jdbc.sql("insert into note (body) values (?)").param(body).update();
    }

    @RequireTenant("globex")
    @GetMapping("/globex-only")
    String globexOnly() {
        return "globex it is";
    }
}
