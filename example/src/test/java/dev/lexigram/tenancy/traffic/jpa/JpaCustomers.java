package dev.lexigram.tenancy.traffic.jpa;

import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;

/** Adds the routes {@code /jpa/customers}, which answer like {@code /customers}. */
@Configuration(proxyBeanMethods = false)
@EntityScan(basePackageClasses = StoredCustomer.class)
@EnableJpaRepositories(basePackageClasses = StoredCustomers.class)
@Import(JpaCustomerController.class)
public class JpaCustomers {}
