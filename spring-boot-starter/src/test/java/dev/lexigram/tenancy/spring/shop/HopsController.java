package dev.lexigram.tenancy.spring.shop;

import dev.lexigram.tenancy.context.TenantContext;
import jakarta.persistence.EntityManager;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Requests that hop: to other threads, to other dispatches, to the time after their transaction. */
@RestController
class HopsController {

    private final Names names;
    private final Propagations transactions;
    private final EntityManager em;

    HopsController(Names names, Propagations transactions, EntityManager em) {
        this.names = names;
        this.transactions = transactions;
        this.em = em;
    }

    /** What is seen when the answer is written. */
    record Late(Supplier<String> look) {
        public String getSeen() {
            return look.get();
        }
    }

    @GetMapping("/hops/now")
    String now() {
        return seen();
    }

    @GetMapping("/hops/callable")
    Callable<String> callable() {
        return this::seen;
    }

    @GetMapping("/hops/callable-fails")
    Callable<String> callableFails() {
        return () -> {
            throw new IllegalStateException("broken");
        };
    }

    @GetMapping("/hops/task")
    WebAsyncTask<String> task() {
        return new WebAsyncTask<>(10_000L, this::seen);
    }

    @GetMapping("/hops/timeout")
    DeferredResult<String> timeout() {
        var never = new DeferredResult<String>(1L);
        never.onTimeout(() -> never.setResult(seen()));
        return never;
    }

    @GetMapping("/hops/deferred")
    DeferredResult<Late> deferred() {
        var result = new DeferredResult<Late>();
        new Thread(() -> result.setResult(new Late(this::seen))).start();
        return result;
    }

    @GetMapping("/hops/deferred-fails")
    DeferredResult<String> deferredFails() {
        var result = new DeferredResult<String>();
        new Thread(() -> result.setErrorResult(new IllegalStateException("broken"))).start();
        return result;
    }

    @GetMapping("/hops/stream")
    StreamingResponseBody stream() {
        return out -> out.write(seen().getBytes(StandardCharsets.UTF_8));
    }

    @GetMapping("/hops/sse")
    SseEmitter sse() {
        var emitter = new SseEmitter();
        Runnable plain = () -> send(emitter, "plain " + seen());
        Runnable wrapped = TenantContext.wrap(() -> {
            send(emitter, "wrapped " + seen());
            emitter.complete();
        });
        new Thread(() -> {
                    plain.run();
                    wrapped.run();
                })
                .start();
        return emitter;
    }

    @GetMapping("/hops/forward")
    void forward(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        request.getRequestDispatcher("/hops/now").forward(request, response);
    }

    @GetMapping("/hops/include")
    void include(HttpServletRequest request, HttpServletResponse response) throws ServletException, IOException {
        request.getRequestDispatcher("/hops/now").include(request, response);
        response.getOutputStream().print(" after " + seen());
    }

    @GetMapping("/hops/error")
    void error(HttpServletResponse response) throws IOException {
        response.sendError(HttpStatus.I_AM_A_TEAPOT.value());
    }

    @GetMapping("/hops/lazy")
    Late lazy() {
        var purchase = new Purchase[1];
        transactions.required(() -> {
            purchase[0] = em.createQuery("from Purchase", Purchase.class).getSingleResult();
            return "";
        });
        return new Late(() -> purchase[0].getLines().stream()
                .map(PurchaseLine::getName)
                .toList()
                .toString());
    }

    @GetMapping("/hops/mdc")
    String mdc() {
        return MDC.get("tenantId") + " "
                + TenantContext.current().map(tenant -> tenant.id().value());
    }

    /** Exchanges a token for a session, as applications with a browser do. */
    @GetMapping("/hops/login")
    void login(HttpServletRequest request) {
        request.getSession()
                .setAttribute(
                        HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
                        SecurityContextHolder.getContext());
    }

    private String seen() {
        var tenant = TenantContext.current().map(known -> known.id().value()).orElse("none");
        try {
            return tenant + names.byJdbc();
        } catch (RuntimeException refused) {
            return tenant + " " + refused.getClass().getSimpleName();
        }
    }

    private static void send(SseEmitter emitter, String text) {
        try {
            emitter.send(text);
        } catch (IOException gone) {
            emitter.completeWithError(gone);
        }
    }
}
