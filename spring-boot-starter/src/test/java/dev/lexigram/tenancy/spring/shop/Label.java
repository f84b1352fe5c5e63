package dev.lexigram.tenancy.spring.shop;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/** Of Spring Data JDBC. */
@Table("label")
record Label(@Id @Nullable Long id, String name) {}
