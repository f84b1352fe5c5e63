package dev.lexigram.tenancy.example.demo;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import javax.sql.DataSource;

/** Runs any SQL through the service's own DataSource, as injected or careless code would, and tells what came of it. */
final class RawSql {

    private final DataSource dataSource;

    RawSql(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    String runAs(Tenant tenant, String sql) {
        return TenantContext.callAs(tenant, () -> run(sql));
    }

    String runWithoutTenant(String sql) {
        return TenantContext.callWithout(() -> run(sql));
    }

    private String run(String sql) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            return statement.execute(sql) ? rows(statement) : changed(statement.getUpdateCount());
        } catch (SQLException refusal) {
            return "ERROR %s: %s".formatted(refusal.getSQLState(), firstLine(refusal));
        }
    }

    private static String rows(Statement statement) throws SQLException {
        var values = new ArrayList<String>();
        try (var results = statement.getResultSet()) {
            while (results.next()) {
                values.add(results.getString(1));
            }
        }
        return values.toString();
    }

    private static String changed(int rows) {
        return rows == 1 ? "1 row changed" : rows + " rows changed";
    }

    private static String firstLine(SQLException refusal) {
        return String.valueOf(refusal.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "");
    }
}
