package com.example.helpdesk;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;

/** The help desk. */
@SpringBootApplication
@EnableCaching
public class HelpdeskApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HelpdeskApplication.class, arguments);
    }
}
