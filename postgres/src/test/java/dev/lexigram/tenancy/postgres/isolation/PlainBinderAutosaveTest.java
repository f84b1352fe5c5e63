package dev.lexigram.tenancy.postgres.isolation;

/** The driver sets a savepoint of its own before each statement. */
class PlainBinderAutosaveTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.PLAIN;
    }

    @Override
    String driverProperties() {
        return "autosave=always&cleanupSavepoints=true";
    }
}
