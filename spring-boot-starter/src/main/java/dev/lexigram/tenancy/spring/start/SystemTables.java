package dev.lexigram.tenancy.spring.start;

import java.util.List;
import java.util.Locale;

/**
 * The tables of a part of Spring that the application's login uses and the migrator makes.
 *
 * @param prefix how their names begin
 * @param property the key that says whether Boot makes them
 * @param script what makes them, on the class path
 * @param initializer the bean with which Boot would do it
 * @param sequences whether they come with sequences
 */
record SystemTables(String prefix, String property, String script, String initializer, boolean sequences) {

    static final List<SystemTables> ALL = List.of(
            new SystemTables(
                    "spring_session",
                    "spring.session.jdbc.initialize-schema",
                    "org/springframework/session/jdbc/schema-postgresql.sql",
                    "jdbcSessionDataSourceScriptDatabaseInitializer",
                    false),
            new SystemTables(
                    "batch_",
                    "spring.batch.jdbc.initialize-schema",
                    "org/springframework/batch/core/schema-postgresql.sql",
                    "batchDataSourceInitializer",
                    true),
            new SystemTables(
                    "qrtz_",
                    "spring.quartz.jdbc.initialize-schema",
                    "org/quartz/impl/jdbcjobstore/tables_postgres.sql",
                    "quartzDataSourceScriptDatabaseInitializer",
                    false));

    /** Whether the text speaks of one of them. */
    boolean isMentionedIn(String text) {
        return text.toLowerCase(Locale.ROOT).contains("\"" + prefix)
                || text.toLowerCase(Locale.ROOT).contains(" " + prefix);
    }

    /** What to write so that they are there and may be used. */
    String lines() {
        return """
                Set %s: never, and let a migration make the tables and grant them. It begins with

                  set local role tenancy_owner;

                then holds %s of the class path, and ends with

                  do $$ declare name text; begin
                    for name in select oid::regclass from pg_class
                        where relnamespace = current_schema()::regnamespace and relkind = 'r' and relname like '%s%%' loop
                      execute 'grant select, insert, update, delete on ' || name || ' to tenancy_app';
                    end loop;%s
                  end $$;""".formatted(property, script, prefix.replace("_", "\\_"), sequences ? grantSequences() : "");
    }

    private String grantSequences() {
        return """

                    for name in select oid::regclass from pg_class
                        where relnamespace = current_schema()::regnamespace and relkind = 'S' and relname like '%s%%' loop
                      execute 'grant usage on sequence ' || name || ' to tenancy_app';
                    end loop;""".formatted(prefix.replace("_", "\\_"));
    }
}
