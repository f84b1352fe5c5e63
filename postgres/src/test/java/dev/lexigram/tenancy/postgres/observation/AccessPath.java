package dev.lexigram.tenancy.postgres.observation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** The ways in which an application reaches the rows of table customer; each meets that of globex. */
enum AccessPath {
    SELECT(connection -> rows(connection, "select name from customer")),
    SELECT_FOR_UPDATE(connection -> rows(connection, "select name from customer for update")),
    JOIN(connection -> rows(connection, "select a.name from customer a join customer b using (id)")),
    SUBQUERY(connection -> rows(connection, "select 1 where exists (select from customer where id = 2)")),
    EXPRESSION(connection -> rows(connection, "with all_of as (select * from customer) select count(*) from all_of")),
    UPDATE(connection -> change(connection, "update customer set name = name where id = 2")),
    DELETE(connection -> change(connection, "delete from customer where id = 2")),
    UPSERT(connection -> change(connection, """
            insert into customer (id, tenant_id, name) values (2, 'globex', 'Guy')
            on conflict (id) do update set name = excluded.name""")),
    INSERT_FOR_ANOTHER(
            connection -> change(connection, "insert into customer (tenant_id, name) values ('globex', 'New')")),
    MERGE(connection -> change(connection, """
            merge into customer using (select 2 as other) wanted on id = other
            when matched then update set name = 'Guy'""")),
    RETURNED_KEYS(AccessPath::returnedKeys),
    PREPARED(AccessPath::prepared),
    BATCH(AccessPath::batch),
    BATCH_OF_TEXTS(AccessPath::batchOfTexts),
    CURSOR(AccessPath::cursor, true),
    SCROLLED(AccessPath::scrolled),
    FUNCTION(AccessPath::function),
    COPY_TO(AccessPath::copy, true);

    private final Observed.Work work;
    private final boolean inTransaction;

    AccessPath(Observed.Work work) {
        this(work, false);
    }

    AccessPath(Observed.Work work, boolean inTransaction) {
        this.work = work;
        this.inTransaction = inTransaction;
    }

    /** Whether it makes sense only in a transaction. */
    boolean inTransaction() {
        return inTransaction;
    }

    /** Whether it leaves a row that is the other tenant's. */
    boolean writes() {
        return switch (this) {
            case UPDATE, UPSERT, INSERT_FOR_ANOTHER, MERGE, RETURNED_KEYS, BATCH, BATCH_OF_TEXTS -> true;
            case SELECT,
                    SELECT_FOR_UPDATE,
                    JOIN,
                    SUBQUERY,
                    EXPRESSION,
                    DELETE,
                    PREPARED,
                    CURSOR,
                    SCROLLED,
                    FUNCTION,
                    COPY_TO -> false;
        };
    }

    void go(Connection connection) throws Exception {
        work.with(connection);
    }

    private static void rows(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).as("nothing is hidden").isTrue();
            assertThat(statement.getWarnings() == null)
                    .as("the application is told nothing")
                    .isTrue();
        }
    }

    private static void change(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).as("nothing is refused").isEqualTo(1);
        }
    }

    private static void returnedKeys(Connection connection) throws SQLException {
        var sql = "insert into customer (tenant_id, name) values ('globex', 'New')";
        try (var statement = connection.prepareStatement(sql, Statement.RETURN_GENERATED_KEYS)) {
            statement.executeUpdate();
            assertThat(statement.getGeneratedKeys().next()).isTrue();
        }
    }

    private static void prepared(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("select name from customer where id = ?")) {
            statement.setInt(1, 2);
            assertThat(statement.executeQuery().next()).isTrue();
        }
    }

    private static void batch(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("update customer set name = ? where id = 2")) {
            for (var name : new String[] {"A", "B", "C"}) {
                statement.setString(1, name);
                statement.addBatch();
            }
            assertThat(statement.executeBatch()).containsExactly(1, 1, 1);
        }
    }

    private static void batchOfTexts(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.addBatch("update customer set name = 'A' where id = 2");
            statement.addBatch("update customer set name = 'B' where id = 2");
            assertThat(statement.executeBatch()).containsExactly(1, 1);
        }
    }

    private static void cursor(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setFetchSize(1);
            try (var row = statement.executeQuery("select name from customer order by id")) {
                assertThat(row.next() && row.next() && !row.next()).isTrue();
                assertThat(row.getStatement()).isSameAs(statement);
                assertThat(statement.getConnection()).isSameAs(connection);
            }
        }
    }

    private static void scrolled(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(
                        java.sql.ResultSet.TYPE_SCROLL_INSENSITIVE, java.sql.ResultSet.CONCUR_UPDATABLE);
                var row = statement.executeQuery("select id, name from customer where id = 2")) {
            assertThat(row.first()).isTrue();
        }
    }

    private static void function(Connection connection) throws SQLException {
        try (var call = connection.prepareCall("{? = call customers()}")) {
            call.registerOutParameter(1, java.sql.Types.BIGINT);
            call.execute();
            assertThat(call.getLong(1)).isEqualTo(2);
        }
    }

    private static void copy(Connection connection) throws Exception {
        var written = new StringWriter();
        connection.unwrap(PGConnection.class).getCopyAPI().copyOut("copy customer to stdout", written);
        assertThat(written.toString()).contains("Guy");
    }
}
