package dev.lexigram.tenancy.postgres.audit;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A short text that differs once anything has changed that an audit reads: each row of the catalogue counts with its place
 * and with the transaction that wrote it, which is far cheaper than to judge what it says.
 */
final class CatalogueFingerprint {

    private static final String READ = """
            select pg_catalog.md5(pg_catalog.string_agg(part, ';' order by part))
            from (
                select 'role ' || pg_catalog.hashtextextended(r::text, 0)::text as part from pg_catalog.pg_roles r
                union all
                select 'version ' || pg_catalog.version() || pg_catalog.current_database() || session_user || current_user
                    || coalesce(pg_catalog.current_setting(?, true), '') || pg_catalog.current_setting('search_path')
                union all
                select source || ' ' || count(*) || ' ' || pg_catalog.sum(pg_catalog.hashtextextended(version, 0))
                from (
                    select 'class' as source, (ctid, xmin)::text as version from pg_catalog.pg_class
                    union all select 'policy', (ctid, xmin)::text from pg_catalog.pg_policy
                    union all select 'member', (ctid, xmin)::text from pg_catalog.pg_auth_members
                    union all select 'setting', (ctid, xmin)::text from pg_catalog.pg_db_role_setting
                    union all select 'database', (ctid, xmin)::text from pg_catalog.pg_database
                        where datname = pg_catalog.current_database()
                    union all select 'schema', (ctid, xmin)::text from pg_catalog.pg_namespace
                    union all select 'comment', (ctid, xmin)::text from pg_catalog.pg_description
                        where classoid = 'pg_namespace'::regclass
                    union all select 'function', (ctid, xmin)::text from pg_catalog.pg_proc
                        where pronamespace <> 'pg_catalog'::regnamespace
                    union all select 'trigger', (ctid, xmin)::text from pg_catalog.pg_trigger
                    union all select 'rule', (ctid, xmin)::text from pg_catalog.pg_rewrite
                    union all select 'column', (ctid, xmin)::text from pg_catalog.pg_attribute
                        where attname = 'tenant_id' or attacl is not null
                    union all select 'default', (ctid, xmin)::text from pg_catalog.pg_attrdef
                    union all select 'constraint', (ctid, xmin)::text from pg_catalog.pg_constraint
                    union all select 'index', (ctid, xmin)::text from pg_catalog.pg_index
                    union all select 'child', (ctid, xmin)::text from pg_catalog.pg_inherits
                    union all select 'privilege', (ctid, xmin)::text from pg_catalog.pg_default_acl
                    union all select 'publication', (ctid, xmin)::text from pg_catalog.pg_publication
                    union all select 'subscription', subname || subenabled::text from pg_catalog.pg_subscription
                    union all select 'event', (ctid, xmin)::text from pg_catalog.pg_event_trigger
                    union all select 'language', (ctid, xmin)::text from pg_catalog.pg_language
                    union all select 'large object', lomowner::text
                        from pg_catalog.pg_largeobject_metadata group by lomowner
                ) entry
                group by source
            ) parts
            """;

    private CatalogueFingerprint() {}

    static String read(Connection connection, String setting) throws SQLException {
        try (var statement = connection.prepareStatement(READ)) {
            statement.setString(1, setting);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
