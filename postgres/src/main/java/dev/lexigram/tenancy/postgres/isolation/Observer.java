package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.postgres.isolation.WouldBeRefusal.Kind;
import dev.lexigram.tenancy.postgres.policy.TableName;
import dev.lexigram.tenancy.postgres.policy.TenantObservation;
import dev.lexigram.tenancy.tenant.Tenant;
import java.sql.SQLWarning;
import java.util.LinkedHashSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLWarning;

/**
 * Watches one borrowing of a connection, for the tenant that it was borrowed for.
 *
 * @param refusals where it writes what it sees
 */
record Observer(WouldBeRefusals refusals, Optional<Tenant> captured) {

    /** Takes these warnings, of one execution: each kind counts once for a table, and what is written is also met. */
    void told(SQLWarning first) {
        var all = new LinkedHashSet<Told>();
        for (var warning = first; warning != null; warning = warning.getNextWarning()) {
            var told = ToldWarnings.isTold(warning) ? Told.of(warning) : null;
            if (told != null) {
                all.add(told);
            }
        }
        for (var told : all) {
            if (told.kind() != Kind.OTHER_TENANT || !all.contains(new Told(Kind.WRITTEN_FOR_OTHER, told.table()))) {
                refusals.record(told.kind(), told.table(), captured.orElse(null));
            }
        }
    }

    /** The connection works while somebody else than its borrower is current. */
    void otherBorrower(@Nullable Tenant current) {
        refusals.record(Kind.OTHER_BORROWER, "", current);
    }

    /** Something is let through that is not bound. */
    void notBound() {
        refusals.record(Kind.NOT_BOUND, "", captured.orElse(null));
    }

    private record Told(Kind kind, String table) {

        static @Nullable Told of(SQLWarning warning) {
            var error = warning instanceof PSQLWarning told ? told.getServerErrorMessage() : null;
            if (error == null || error.getMessage() == null) {
                return null;
            }
            var kind = switch (error.getMessage()) {
                case TenantObservation.WITHOUT_TENANT -> Kind.WITHOUT_TENANT;
                case TenantObservation.OTHER_TENANT -> Kind.OTHER_TENANT;
                case TenantObservation.WRITTEN -> Kind.WRITTEN_FOR_OTHER;
                default -> null; // whoever else uses this SQLSTATE
            };
            return kind == null ? null : new Told(kind, table(error.getSchema(), error.getTable()));
        }

        private static String table(@Nullable String schema, @Nullable String table) {
            try {
                return schema == null || table == null ? "" : new TableName(schema, table).toString();
            } catch (IllegalArgumentException unlikely) {
                return "";
            }
        }
    }
}
