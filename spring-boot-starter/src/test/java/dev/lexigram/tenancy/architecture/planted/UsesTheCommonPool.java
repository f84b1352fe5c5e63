package dev.lexigram.tenancy.architecture.planted;

import java.util.concurrent.CompletableFuture;

/** Planted: the rule that forbids this must find it. */
public final class UsesTheCommonPool {

    private UsesTheCommonPool() {}

    static CompletableFuture<Void> run(Runnable task) {
        return CompletableFuture.runAsync(task);
    }
}
