package com.example.helpdesk.contacts;

import jakarta.validation.Valid;
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
import org.springframework.web.server.ResponseStatusException;

@RestController
@RequestMapping("/contacts")
class ContactController {

    private final Contacts contacts;

    ContactController(Contacts contacts) {
        this.contacts = contacts;
    }

    @GetMapping
    List<Contact> search(@RequestParam(defaultValue = "") String name) {
        return contacts.findByNameContainingOrderByName(name, Limit.of(100));
    }

    @GetMapping("/{id}")
    Contact read(@PathVariable long id) {
        return contacts.findById(id).orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Contact create(@Valid @RequestBody Contact contact) {
        return contacts.save(contact);
    }

    @PutMapping("/{id}")
    Contact update(@PathVariable long id, @Valid @RequestBody Contact data) {
        var contact = read(id);
        contact.setName(data.getName());
        contact.setEmail(data.getEmail());
        return contacts.save(contact);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable long id) {
        contacts.delete(read(id));
    }
}
