package dev.lexigram.tenancy.spring.slice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/** An application that says nothing of tenants. */
@SpringBootApplication
class SliceApplication {}
