package dev.lexigram.tenancy.traffic.jpa;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import dev.lexigram.tenancy.example.web.NotFoundException;
import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Each call of the repository is a transaction of its own; what is lazy is read after it, in the same session. */
@RestController
@RequireTenant
@RequestMapping("/jpa/customers")
class JpaCustomerController {

    private final StoredCustomers customers;

    JpaCustomerController(StoredCustomers customers) {
        this.customers = customers;
    }

    @GetMapping
    List<Row> search(@RequestParam(defaultValue = "") String name) {
        return customers.findByNameContainingOrderByName(name, Limit.of(100)).stream()
                .map(customer -> new Row(customer.getId(), customer.getName()))
                .toList();
    }

    @GetMapping("/{id}")
    StoredCustomer read(@PathVariable long id) {
        return customers.findById(id).orElseThrow(() -> NotFoundException.of("customer"));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    StoredCustomer create(@RequestBody Data data) {
        return customers.save(data.into(new StoredCustomer()));
    }

    @PutMapping("/{id}")
    StoredCustomer update(@PathVariable long id, @RequestBody Data data) {
        return customers.save(data.into(read(id)));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        customers.delete(read(id));
    }

    record Row(Long id, String name) {}

    /** What a client may say about a customer. */
    record Data(String name, String email) {

        StoredCustomer into(StoredCustomer customer) {
            customer.setName(name);
            customer.setEmail(email);
            return customer;
        }
    }
}
