package dev.lexigram.tenancy.spring.shop;

import java.util.concurrent.Callable;

/** For callbacks that may throw nothing checked. */
final class Unchecked {

    private Unchecked() {}

    static <T> T call(Callable<T> work) {
        try {
            return work.call();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }
}
