package dev.lexigram.tenancy.spring.shop;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** What Spring Boot makes of the class path, and nothing else. */
@SpringBootApplication
public class ShopApplication {}
