package dev.lexigram.tenancy.postgres.isolation;

class DriverBinderTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.DRIVER;
    }
}
