package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.Quoted;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A role and all that it is a member of, at any depth. A membership counts even where it is not inherited: the role can
 * switch to it, or give itself the right to.
 *
 * @param held the role itself first, then what it is a member of
 */
record ServingRole(String name, List<Held> held) {

    /**
     * One of these roles and what is dangerous about it.
     *
     * @param through the direct membership that leads to it; empty for the role itself
     * @param owns an object that it owns, such as a table, a schema or the database
     */
    record Held(
            String name,
            Optional<String> through,
            boolean superuser,
            boolean bypasses,
            boolean createsRoles,
            boolean readsOrWritesAll,
            Optional<String> owns) {

        boolean isDangerous() {
            return superuser || bypasses || createsRoles || readsOrWritesAll || owns.isPresent();
        }
    }

    // A role that may replicate reads every row from the log.
    private static final String HELD = """
            with recursive held (role, through) as (
                select oid, null::oid from pg_catalog.pg_roles where rolname = ?
                union
                select m.roleid, coalesce(held.through, m.roleid)
                from held join pg_catalog.pg_auth_members m on m.member = held.role
            ), owned (owner, name) as (
                select c.relowner, n.nspname || '.' || c.relname
                from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
                union all
                select nspowner, 'schema ' || nspname from pg_catalog.pg_namespace
                where nspname !~ '^pg_' and nspname <> 'information_schema'
                union all
                select p.proowner, 'function ' || n.nspname || '.' || p.proname
                from pg_catalog.pg_proc p join pg_catalog.pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'tenancy'
                union all
                select datdba, 'database ' || datname from pg_catalog.pg_database
                where datname = pg_catalog.current_database()
            )
            select r.rolname, t.rolname as through, r.rolsuper, r.rolbypassrls or r.rolreplication as bypasses,
                   r.rolcreaterole,
                   r.rolname in ('pg_read_all_data', 'pg_write_all_data', 'pg_execute_server_program',
                                 'pg_read_server_files', 'pg_write_server_files', 'pg_create_subscription') as all_data,
                   (select min(o.name) from owned o where o.owner = r.oid) as owns
            from held
            join pg_catalog.pg_roles r on r.oid = held.role
            left join pg_catalog.pg_roles t on t.oid = held.through
            order by held.through is not null, r.rolname, t.rolname
            """;

    static ServingRole read(Connection connection, String name) throws SQLException {
        try (var statement = connection.prepareStatement(HELD)) {
            statement.setString(1, name);
            var held = new ArrayList<Held>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    held.add(new Held(
                            row.getString("rolname"),
                            Optional.ofNullable(row.getString("through")),
                            row.getBoolean("rolsuper"),
                            row.getBoolean("bypasses"),
                            row.getBoolean("rolcreaterole"),
                            row.getBoolean("all_data"),
                            Optional.ofNullable(row.getString("owns"))));
                }
            }
            return new ServingRole(name, held);
        }
    }

    boolean isSuperuser() {
        return held.stream().anyMatch(role -> role.through().isEmpty() && role.superuser());
    }

    /** Whether no policy holds for the role itself, so that probing them through it says nothing. */
    boolean ignoresPolicies() {
        return held.stream().anyMatch(role -> role.through().isEmpty() && (role.superuser() || role.bypasses()));
    }

    boolean isDangerous() {
        return held.stream().anyMatch(Held::isDangerous);
    }

    /** Everyone through whom this role may hold a right, as SQL after {@code revoke .. from}. */
    String grantees() {
        return held.stream()
                .map(role -> Quoted.identifier(role.name()))
                .distinct()
                .collect(Collectors.joining(", ", "public, ", ""));
    }
}
