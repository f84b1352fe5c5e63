package dev.lexigram.tenancy.example.customers;

import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of customers. No statement names a tenant: the database confines each one. */
@Repository
class CustomerRepository {

    private final JdbcClient jdbc;

    CustomerRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    List<Customer> search(String name) {
        return jdbc.sql("select id, name, email from customer where strpos(lower(name), lower(:name)) > 0"
                        + " order by name, id limit 100")
                .param("name", name)
                .query(Customer.class)
                .list();
    }

    Customer insert(CustomerData data) {
        return jdbc.sql("insert into customer (name, email) values (:name, :email) returning id, name, email")
                .paramSource(data)
                .query(Customer.class)
                .single();
    }

    Optional<Customer> find(long id) {
        return jdbc.sql("select id, name, email from customer where id = :id")
                .param("id", id)
                .query(Customer.class)
                .optional();
    }

    Optional<Customer> update(long id, CustomerData data) {
        return jdbc.sql("update customer set name = :name, email = :email where id = :id returning id, name, email")
                .param("name", data.name())
                .param("email", data.email())
                .param("id", id)
                .query(Customer.class)
                .optional();
    }

    boolean delete(long id) {
        return jdbc.sql("delete from customer where id = :id").param("id", id).update() == 1;
    }
}
