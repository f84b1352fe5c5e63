package dev.lexigram.tenancy.example.customers;

import dev.lexigram.tenancy.example.web.NotFoundException;
import java.util.List;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be done with customers, each in one transaction. */
@Service
@Transactional
class CustomerService {

    private final CustomerRepository customers;

    CustomerService(CustomerRepository customers) {
        this.customers = customers;
    }

    @Transactional(readOnly = true)
    List<Customer> search(String name) {
        return customers.search(name);
    }

    Customer create(CustomerData data) {
        return customers.insert(data);
    }

    @Transactional(readOnly = true)
    Customer read(long id) {
        return customers.find(id).orElseThrow(CustomerService::notFound);
    }

    Customer update(long id, CustomerData data) {
        return customers.update(id, data).orElseThrow(CustomerService::notFound);
    }

    void delete(long id) {
        if (!customers.delete(id)) {
            throw notFound();
        }
    }

    private static NotFoundException notFound() {
        return NotFoundException.of("customer");
    }
}
