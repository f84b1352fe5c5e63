package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.PLAIN;
    }
}
