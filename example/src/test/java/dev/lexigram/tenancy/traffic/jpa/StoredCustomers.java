package dev.lexigram.tenancy.traffic.jpa;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

/** No query names a tenant. */
interface StoredCustomers extends JpaRepository<StoredCustomer, Long> {

    List<StoredCustomer> findByNameContainingOrderByName(String part, Limit limit);
}
