package dev.lexigram.tenancy.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Starts the service. It needs a PostgreSQL and the public key of whoever signs the tokens: application.yaml. */
@SpringBootApplication
public class InvoicingApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(InvoicingApplication.class, arguments);
    }
}
