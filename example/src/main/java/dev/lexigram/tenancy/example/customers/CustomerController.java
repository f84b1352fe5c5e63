package dev.lexigram.tenancy.example.customers;

import dev.lexigram.tenancy.enforcement.RequireTenant;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
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
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Customers over HTTP. A path may name the tenant; nothing here reads it. */
@RestController
@RequireTenant
@RequestMapping({"/customers", "/tenants/{tenant}/customers"})
class CustomerController {

    private final CustomerService customers;

    CustomerController(CustomerService customers) {
        this.customers = customers;
    }

    @GetMapping
    List<Customer> search(@RequestParam(defaultValue = "") String name) {
        return customers.search(name);
    }

    @PostMapping
    ResponseEntity<Customer> create(@Valid @RequestBody CustomerData data) {
        var customer = customers.create(data);
        var location = ServletUriComponentsBuilder.fromCurrentRequestUri()
                .path("/{id}")
                .build(customer.getId());
        return ResponseEntity.created(location).body(customer);
    }

    /** Writes many at once, and changes those that are known by their address. */
    @PostMapping("/import")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void importAll(@RequestBody @Size(max = 10_000) List<@NotNull @Valid CustomerData> data) {
        customers.importAll(data);
    }

    @GetMapping("/{id}")
    Customer read(@PathVariable long id) {
        return customers.read(id);
    }

    @PutMapping("/{id}")
    Customer update(@PathVariable long id, @Valid @RequestBody CustomerData data) {
        return customers.update(id, data);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        customers.delete(id);
    }
}
