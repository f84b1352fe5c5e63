package dev.lexigram.tenancy.spring;

import java.util.List;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;

/** Makes the table of the notes; the name is Flyway's. */
@SuppressWarnings("checkstyle:TypeName")
final class V1__note extends BaseJavaMigration {

    @Override
    public void migrate(Context context) throws Exception {
        for (var sql : List.of("set local role tenancy_owner", Notes.TABLE)) {
            try (var statement = context.getConnection().createStatement()) {
                statement.execute(sql);
            }
        }
    }
}
