package dev.lexigram.tenancy.postgres.isolation;

/** The driver sets a savepoint of its own before each statement. */
class PlainBinderAutosaveTest extends BinderContract {

    @Override
    TransactionBinder binder() {
        return new PlainTransactionBinder("tenancy.tenant_id");
    }

    @Override
    String driverProperties() {
        return "autosave=always&cleanupSavepoints=true";
    }
}
