package dev.lexigram.tenancy.example.plans;

import java.io.Serializable;
import java.math.BigDecimal;

/** What the service costs a month. */
record Plan(String code, String name, BigDecimal monthlyPrice) implements Serializable {}
