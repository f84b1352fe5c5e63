package dev.lexigram.tenancy.postgres.isolation;

/** The driver prepares on the server, in binary, from the first execution on, and fetches through cursors. */
class PlainBinderPreparedAtOnceTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.PLAIN;
    }

    @Override
    String driverProperties() {
        return "prepareThreshold=-1&defaultRowFetchSize=2";
    }
}
