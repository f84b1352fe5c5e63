package dev.lexigram.tenancy.spring.shop;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.SimpleJdbcInsert;
import org.springframework.stereotype.Component;

/** What Spring's JDBC does, in autocommit. */
@Component
class JdbcWork implements Operation.Source {

    private static final String BY_ID = "select name from product where id = ?";
    private static final String RENAME = "update product set name = 'renamed' where id = ?";

    private final JdbcTemplate jdbc;
    private final NamedParameterJdbcTemplate named;
    private final JdbcClient client;

    JdbcWork(JdbcTemplate jdbc, NamedParameterJdbcTemplate named, JdbcClient client) {
        this.jdbc = jdbc;
        this.named = named;
        this.client = client;
    }

    @Override
    public List<Operation> operations() {
        return List.of(
                of("queryForList", at -> jdbc.queryForList(BY_ID, String.class, at.number())),
                of("queryForObject", at -> jdbc.queryForObject(BY_ID, String.class, at.number())),
                of("queryForStream", at -> {
                    try (var rows =
                            jdbc.queryForStream("select name from product", (row, number) -> row.getString(1))) {
                        return rows.toList();
                    }
                }),
                of(
                        "plain text",
                        at -> jdbc.queryForList("select * from product").toString()),
                of("row set", at -> {
                    var rows = jdbc.queryForRowSet(BY_ID, at.number());
                    return rows.next() ? rows.getString(1) : "";
                }),
                of(
                        "named parameters",
                        at -> named.queryForList(
                                "select name from product where id in (:ids)", Map.of("ids", List.of(at.number())))),
                of(
                        "JdbcClient",
                        at -> client.sql(BY_ID)
                                .param(at.number())
                                .query(String.class)
                                .list()),
                of("lock for update", at -> jdbc.queryForList(BY_ID + " for update", String.class, at.number())),
                of("function", at -> jdbc.queryForObject("select product_name(?)", String.class, at.number())),
                of(
                        "array of the database",
                        at -> jdbc.queryForList(
                                "select labels::text from ticket where id = ?", String.class, at.uuid())),
                of(
                        "count",
                        at -> jdbc.queryForObject("select count(*) from product", Integer.class) == 1
                                ? "acme"
                                : "globex is counted"),
                of("update", at -> jdbc.update(RENAME, at.number())),
                of(
                        "update and return",
                        at -> jdbc.queryForList(
                                "update product set name = name || '!' where id = ? returning name",
                                String.class,
                                at.number())),
                of(
                        "batchUpdate",
                        at -> jdbc.batchUpdate(RENAME, List.of(new Object[] {at.number()}, new Object[] {77L}))),
                of(
                        "batch of texts",
                        at -> jdbc.batchUpdate(
                                "update ticket set name = 'renamed'", "delete from purchase_line where false")),
                of(
                        "JdbcClient update",
                        at -> client.sql(RENAME).param(at.number()).update()),
                of("delete", at -> jdbc.update("delete from ticket where id = ?", at.uuid())),
                of(
                        "upsert",
                        at -> jdbc.update(
                                "insert into label (id, name) values (?, 'x') on conflict (id) do update set name = 'renamed'",
                                at.number())),
                of(
                        "merge",
                        at -> jdbc.update(
                                "merge into label l using (values (?)) as v(id) on l.id = v.id when matched then"
                                        + " update set name = 'renamed'",
                                at.number())),
                of(
                        "delete within a query",
                        at -> jdbc.queryForList(
                                "with gone as (delete from ticket where id = ? returning name) select name from gone",
                                String.class,
                                at.uuid())),
                of(
                        "call a procedure",
                        at -> jdbc.execute((Connection connection) -> {
                            try (var call = connection.prepareCall("call rename_product(?)")) {
                                call.setLong(1, at.number());
                                return call.execute();
                            }
                        })),
                of(
                        "SimpleJdbcInsert for a tenant",
                        at -> new SimpleJdbcInsert(jdbc)
                                .withTableName("label")
                                .usingColumns("name", "tenant_id")
                                .usingGeneratedKeyColumns("id")
                                .executeAndReturnKey(Map.of("name", "inserted", "tenant_id", at.tenant()))),
                of(
                        "give a row to a tenant",
                        at -> jdbc.update("update label set tenant_id = ?, name = 'given' where id = 1", at.tenant())),
                of(
                        "copy rows",
                        at -> jdbc.update(
                                "insert into label (name) select name from label where id = ?", at.number())));
    }

    private static Operation of(String name, Function<Target, @Nullable Object> body) {
        return Operation.of("JDBC: " + name, body::apply);
    }
}
