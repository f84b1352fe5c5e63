package dev.lexigram.tenancy.example.customers;

/** Someone who is invoiced. */
record Customer(long id, String name, String email) {}
