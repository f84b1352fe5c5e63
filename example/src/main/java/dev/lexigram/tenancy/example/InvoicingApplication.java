package dev.lexigram.tenancy.example;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Starts the service. It needs a PostgreSQL and the public key of whoever signs the tokens: application.yaml. */
@SpringBootApplication
@EnableCaching
@EnableScheduling
public class InvoicingApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(InvoicingApplication.class, arguments);
    }
}
