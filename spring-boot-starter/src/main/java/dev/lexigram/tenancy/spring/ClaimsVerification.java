package dev.lexigram.tenancy.spring;

/** Whether somebody verifies tokens and hands over their claims. */
record ClaimsVerification(boolean present) {}
