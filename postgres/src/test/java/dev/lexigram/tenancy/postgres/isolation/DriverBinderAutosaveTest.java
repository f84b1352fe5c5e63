package dev.lexigram.tenancy.postgres.isolation;

/** The driver sets a savepoint of its own before each statement. */
class DriverBinderAutosaveTest extends BinderContract {

    @Override
    BinderUnderTest binder() {
        return BinderUnderTest.DRIVER;
    }

    @Override
    String driverProperties() {
        return "autosave=always&cleanupSavepoints=true";
    }
}
