package dev.lexigram.tenancy.spring.shop;

import dev.lexigram.tenancy.context.TenantContext;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** What happens once a transaction is over: each part looks at the rows and says as whom. */
@Component
@EnableAsync
class Aftermath {

    /** Something that somebody may want to know of. */
    record Sold(String to) {}

    private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    private final Names names;

    Aftermath(Names names) {
        this.names = names;
    }

    @TransactionalEventListener
    void afterCommit(Sold event) {
        note("after commit");
    }

    @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
    void afterCompletion(Sold event) {
        note("after completion");
    }

    @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
    void beforeCommit(Sold event) {
        note("before commit");
    }

    @TransactionalEventListener
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void inATransactionOfItsOwn(Sold event) {
        note("new transaction");
    }

    @Async
    @TransactionalEventListener
    public void onAnotherThread(Sold event) {
        note("another thread");
    }

    void note(String when) {
        var tenant = TenantContext.current().map(known -> known.id().value()).orElse("none");
        String rows;
        try {
            rows = names.byJdbc();
        } catch (RuntimeException refused) {
            rows = refused.getClass().getSimpleName();
        }
        seen.add(when + " " + tenant + " " + rows);
    }

    String next() throws InterruptedException {
        return String.valueOf(seen.poll(10, TimeUnit.SECONDS));
    }
}
