package dev.lexigram.tenancy.isolation;

import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes down what it is told to do, and fails if it is told to. */
final class RecordingStrategy implements IsolationStrategy {

    private final String name;
    private final List<String> calls = new ArrayList<>();
    private Optional<RuntimeException> failure = Optional.empty();

    RecordingStrategy(String name) {
        this.name = name;
    }

    void fail(RuntimeException failure) {
        this.failure = Optional.of(failure);
    }

    List<String> calls() {
        return calls;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void provision(TenantId id) {
        record("provision " + id);
    }

    @Override
    public void deprovision(TenantId id) {
        record("deprovision " + id);
    }

    @Override
    public Connection open(Tenant tenant) throws SQLException {
        throw new SQLException("keeps no data");
    }

    private void record(String call) {
        calls.add(call);
        failure.ifPresent(raised -> {
            throw raised;
        });
    }
}
