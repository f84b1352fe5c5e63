package dev.lexigram.tenancy.example.customers;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The customers of whoever is the tenant: the database confines each query. */
interface Customers extends JpaRepository<Customer, Long> {

    @Query("select c from Customer c where locate(lower(:part), lower(c.name)) > 0 order by c.name, c.id")
    List<Customer> search(String part, Limit limit);
}
