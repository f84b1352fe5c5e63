package dev.lexigram.tenancy.postgres.audit;

import static dev.lexigram.tenancy.postgres.audit.FindingCode.SETTING_BOUND;
import static dev.lexigram.tenancy.postgres.audit.FindingCode.SETTING_DEFAULT;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nobody is bound to a tenant by default: not by the session, and not by what the database or a role is set to. */
final class SettingCheck implements Check {

    private static final String DEFAULTS = """
            select r.rolname, d.datname
            from pg_catalog.pg_db_role_setting s
            cross join pg_catalog.unnest(s.setconfig) entry
            left join pg_catalog.pg_roles r on r.oid = s.setrole
            left join pg_catalog.pg_database d on d.oid = s.setdatabase
            where (s.setdatabase = 0 or d.datname = pg_catalog.current_database())
              and pg_catalog.lower(pg_catalog.split_part(entry, '=', 1)) = ?
            order by r.rolname, d.datname
            """;

    @Override
    public List<Finding> run(AuditSession session) throws SQLException {
        var findings = new ArrayList<Finding>();
        var setting = session.config().settingName();
        if (!session.settingAtStart().isEmpty()) {
            findings.add(new Finding(SETTING_BOUND, "setting " + setting, """
                    -- Take %s out of the JDBC URL (options=-c), of PGOPTIONS, of postgresql.conf and of what the pool
                    -- runs on a new connection.""".formatted(setting)));
        }
        try (var statement = session.connection().prepareStatement(DEFAULTS)) {
            statement.setString(1, setting);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var target = target(row.getString("rolname"), row.getString("datname"));
                    findings.add(new Finding(
                            SETTING_DEFAULT, "setting " + setting, "alter " + target + " reset " + setting));
                }
            }
        }
        return findings;
    }

    private static String target(@Nullable String role, @Nullable String database) {
        if (role == null) {
            return database == null ? "role all" : "database " + Quoted.identifier(database);
        }
        var name = "role " + Quoted.identifier(role);
        return database == null ? name : name + " in database " + Quoted.identifier(database);
    }
}
