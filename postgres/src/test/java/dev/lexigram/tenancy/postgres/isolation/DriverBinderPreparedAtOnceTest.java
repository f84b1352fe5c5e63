package dev.lexigram.tenancy.postgres.isolation;

/** The driver prepares on the server, in binary, from the first execution on, and fetches through cursors. */
class DriverBinderPreparedAtOnceTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.DRIVER;
    }

    @Override
    String driverProperties() {
        return "prepareThreshold=-1&defaultRowFetchSize=2";
    }
}
