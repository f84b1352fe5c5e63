package dev.lexigram.tenancy.spring.app;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Routes that say nothing about tenants, but for some. */
@RestController
final class OpenController {

    private final JdbcClient jdbc;
    private final Work work;

    OpenController(JdbcClient jdbc, Work work) {
        this.jdbc = jdbc;
        this.work = work;
    }

    static String current() {
        return TenantContext.current().map(tenant -> tenant.id().value()).orElse("none");
    }

    @GetMapping("/open")
    String open() {
        return current();
    }

    @GetMapping("/open/notes")
    List<String> notes() {
        return jdbc.sql("select body from note").query(String.class).list();
    }

    @GetMapping("/open/work")
    String work() {
        return work.needsATenant();
    }

    @GetMapping("/open/work-without")
    String workWithout() {
        return current() + " " + work.needsNone() + " " + current();
    }

    @GetMapping("/open/thread")
    String thread() {
        return current() + " " + Thread.currentThread().getName();
    }

    @GetMapping("/open/later")
    void later() {
        work.later();
    }

    @GetMapping("/open/callable")
    Callable<String> callable() {
        return () -> current() + " " + Thread.currentThread().getName();
    }

    @GetMapping("/open/plain-thread")
    String plainThread() throws Exception {
        var task = new FutureTask<>(OpenController::current);
        new Thread(task).start();
        return task.get();
    }

    @GetMapping("/open/broken")
    String broken() {
        throw new IllegalStateException("broken");
    }

    @GetMapping("/open/forgotten")
    String forgotten() {
        throw TenantRequiredException.of("Something deep down");
    }

    @WithoutTenant("a page for everybody")
    @GetMapping("/public")
    String everybody() {
        return current();
    }

    @RequireTenant
    @GetMapping("/marked")
    String marked() {
        return current();
    }
}
