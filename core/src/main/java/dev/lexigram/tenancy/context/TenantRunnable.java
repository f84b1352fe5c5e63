package dev.lexigram.tenancy.context;

/** Work without a result that may throw one kind of checked exception. */
@FunctionalInterface
public interface TenantRunnable<X extends Throwable> {

    void run() throws X;
}
