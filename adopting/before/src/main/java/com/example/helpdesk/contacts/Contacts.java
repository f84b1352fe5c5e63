package com.example.helpdesk.contacts;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;

/** All contacts. */
public interface Contacts extends JpaRepository<Contact, Long> {

    List<Contact> findByNameContainingOrderByName(String part, Limit limit);
}
