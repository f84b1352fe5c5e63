package dev.lexigram.tenancy.spring.app;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.enforcement.WithoutTenant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Async;
import org.springframework.stereotype.Service;

/** Work that is no handler of requests. */
@Service
public class Work {

    /** Which tenant the later work has seen. */
    public static final BlockingQueue<String> SEEN = new LinkedBlockingQueue<>();

    /** Lets the later work begin. */
    public static volatile CountDownLatch begin = new CountDownLatch(0);

    @RequireTenant
    public String needsATenant() {
        return OpenController.current();
    }

    @WithoutTenant("counts for everybody")
    public String needsNone() {
        return OpenController.current();
    }

    @Async
    public void later() {
        try {
            SEEN.add(begin.await(30, TimeUnit.SECONDS) ? OpenController.current() : "too late");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
