package dev.lexigram.tenancy.example.customers;

import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Many customers at once: a batch that the driver sends as multi-row INSERTs ({@code reWriteBatchedInserts}). */
@Repository
class CustomerImport {

    private static final int ROWS_A_BATCH = 500;

    private final JdbcTemplate jdbc;

    CustomerImport(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Who is known already, by the address, gets the new name. The key begins with the tenant, so the conflict names it. */
    void write(List<CustomerData> data) {
        jdbc.batchUpdate(
                "insert into customer (name, email) values (?, ?)"
                        + " on conflict (tenant_id, email) do update set name = excluded.name",
                data,
                ROWS_A_BATCH,
                (row, customer) -> {
                    row.setString(1, customer.name());
                    row.setString(2, customer.email());
                });
    }
}
