package dev.lexigram.tenancy.postgres.isolation;

class PlainBinderTest extends BinderContract {

    @Override
    TransactionBinder binder() {
        return new PlainTransactionBinder("tenancy.tenant_id");
    }
}
