package dev.lexigram.tenancy.benchmarks.database;

import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** The tables, and which rows of them belong to whom: 1,000 tenants with 100 rows each, numbered one after the other. */
final class Rows {

    static final int PER_TENANT = 100;

    /** What a call reads that reads many rows. */
    static final int MANY = 20;

    static final String LOGIN_OF_THE_FLOOR = "create role floor login";

    static final String GRANTS = """
            set role tenancy_owner;
            grant usage on schema open to floor;
            grant select on all tables in schema open to floor;
            grant usage on schema guarded to tenancy_app;
            """;

    private static final String TABLES = """
            set role tenancy_owner;
            create schema %1$s;
            create table %1$s.item (
              tenant_id text not null,
              id bigint not null,
              batch bigint not null,
              name text not null,
              price numeric(10, 2) not null,
              created timestamp with time zone not null,
              primary key (tenant_id, id));
            create table %1$s.product (
              tenant_id text not null,
              id bigint primary key,
              batch bigint not null,
              name text not null,
              price numeric(10, 2) not null,
              created timestamp with time zone not null,
              unique (tenant_id, id));
            create index on %1$s.product (batch);
            create index on %1$s.product (tenant_id, batch);
            """;

    private static final String INSERT = """
            insert into %s (tenant_id, id, batch, name, price, created)
            select owner.id, place.id, (place.id - 1) / %d, 'name of ' || row, row * 1.25, timestamptz '2026-01-02 03:04:05Z'
            from unnest(?::text[]) with ordinality as owner (id, number), generate_series(1, %d) as row,
              lateral (select (owner.number - 1) * %3$d + row) as place (id)""";

    private static final List<Tenant> TENANTS = tenants(1_000);

    private Rows() {}

    /** The tables of a schema, the same in each. */
    static String tablesIn(String schema) {
        return TABLES.formatted(schema);
    }

    static void insert(Connection connection, List<String> tables) throws SQLException {
        var ids = connection.createArrayOf(
                "text", TENANTS.stream().map(tenant -> tenant.id().value()).toArray());
        for (var table : tables) {
            try (var statement = connection.prepareStatement(INSERT.formatted(table, MANY, PER_TENANT))) {
                statement.setArray(1, ids);
                statement.executeUpdate();
            }
        }
    }

    static List<Tenant> all() {
        return TENANTS;
    }

    /** A tenant and the number of a row from which on it has at least {@link #MANY}. */
    static Place anyPlace(Random random) {
        return anyPlace(random, TENANTS.size());
    }

    /** The same of one of so many tenants, the first ones. */
    static Place anyPlace(Random random, int tenants) {
        var number = random.nextInt(tenants);
        var first = number * (long) PER_TENANT + 1 + random.nextInt(PER_TENANT - MANY);
        return new Place(TENANTS.get(number), first);
    }

    private static List<Tenant> tenants(int count) {
        var random = new Random(42);
        return IntStream.range(0, count)
                .mapToObj(number -> tenant(number, new UUID(random.nextLong(), random.nextLong())))
                .toList();
    }

    private static Tenant tenant(int number, UUID id) {
        return Tenant.active(TenantId.of(id.toString()), Slug.of("shop-" + number), "Shop " + number, Instant.EPOCH);
    }

    /** Where a call reads. */
    record Place(Tenant tenant, long first) {

        /** The batch that the row is in: {@link #MANY} rows of one tenant. */
        long batch() {
            return (first - 1) / MANY;
        }
    }
}
