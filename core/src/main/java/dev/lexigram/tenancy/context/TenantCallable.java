package dev.lexigram.tenancy.context;

/** Work that gives a result and may throw one kind of checked exception. */
@FunctionalInterface
public interface TenantCallable<T, X extends Throwable> {

    T call() throws X;
}
