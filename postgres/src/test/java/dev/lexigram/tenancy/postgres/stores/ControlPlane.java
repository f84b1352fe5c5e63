package dev.lexigram.tenancy.postgres.stores;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantEvent;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A look into the tables of the control plane, past the store. */
final class ControlPlane {

    static final List<String> TABLES = List.of(
            "schema_version",
            "tenants",
            "tenant_names",
            "placements",
            "tenant_heads",
            "tenant_configs",
            "tenant_members",
            "outbox",
            "outbox_listeners",
            "outbox_delivery",
            "journal",
            "audit",
            "secrets");

    private ControlPlane() {}

    /** The store of this database, over a connection for each call, without any row. */
    static SqlTenantStore emptyStore(TestDatabase database) {
        var store = SqlTenantStore.of(database.as(Role.CONTROL));
        database.execute(
                Role.CONTROL,
                "truncate tenancy.tenants, tenancy.tenant_names, tenancy.placements, tenancy.tenant_heads,"
                        + " tenancy.tenant_configs, tenancy.tenant_members, tenancy.outbox, tenancy.outbox_listeners,"
                        + " tenancy.outbox_delivery, tenancy.journal");
        return store;
    }

    /** Back to an empty schema, as before the first start. */
    static void dropAll(TestDatabase database) {
        TABLES.forEach(table -> database.execute(Role.CONTROL, "drop table if exists tenancy." + table + " cascade"));
        database.execute(Role.CONTROL, "drop function if exists tenancy.refuse_change()");
    }

    /** Everything that a failure says, its causes and what they suppressed included. */
    static String everythingSaid(Throwable failure) {
        var said = new StringWriter();
        failure.printStackTrace(new PrintWriter(said));
        return said.toString();
    }

    /** The first column of the first row, as text. */
    static String text(TestDatabase database, String sql) {
        try (var connection = database.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static List<TenantEvent> events(TestDatabase database) {
        try (var connection = database.as(Role.CONTROL).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select * from tenancy.outbox order by tenant_id, sequence")) {
            var events = new ArrayList<TenantEvent>();
            while (rows.next()) {
                events.add(EventReader.read(rows));
            }
            return events;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static Tenant tenant(String id, String slug) {
        return Tenant.active(TenantId.of(id), Slug.of(slug), id, Instant.parse("2026-10-01T08:30:00.123456Z"));
    }
}
