package dev.lexigram.tenancy.example.customers;

import dev.lexigram.tenancy.example.web.NotFoundException;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What can be done with customers, each in one transaction. */
@Service
@Transactional
class CustomerService {

    private final Customers customers;
    private final CustomerImport incoming;

    CustomerService(Customers customers, CustomerImport incoming) {
        this.customers = customers;
        this.incoming = incoming;
    }

    @Transactional(readOnly = true)
    public List<Customer> search(String name) {
        return customers.search(name, Limit.of(100));
    }

    public Customer create(CustomerData data) {
        return customers.save(new Customer(data));
    }

    /** All of them, or none. */
    public void importAll(List<CustomerData> data) {
        incoming.write(data);
    }

    @Transactional(readOnly = true)
    public Customer read(long id) {
        return customers.findById(id).orElseThrow(() -> NotFoundException.of("customer"));
    }

    public Customer update(long id, CustomerData data) {
        var customer = read(id);
        customer.change(data);
        return customer;
    }

    public void delete(long id) {
        customers.delete(read(id));
    }
}
