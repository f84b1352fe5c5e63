package dev.lexigram.tenancy.spring;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A part of Spring Boot that is on the class path of these tests and switched off unless a test asks for it. */
enum Part {
    JPA(
            "hibernate.autoconfigure.HibernateJpaAutoConfiguration",
            "data.jpa.autoconfigure.DataJpaRepositoriesAutoConfiguration"),
    DATA_JDBC("data.jdbc.autoconfigure.DataJdbcRepositoriesAutoConfiguration"),
    LIQUIBASE("liquibase.autoconfigure.LiquibaseAutoConfiguration"),
    SESSION("session.jdbc.autoconfigure.JdbcSessionAutoConfiguration"),
    BATCH(
            "batch.jdbc.autoconfigure.BatchJdbcAutoConfiguration",
            "batch.autoconfigure.BatchJobLauncherAutoConfiguration",
            "batch.autoconfigure.BatchAutoConfiguration"),
    QUARTZ("quartz.autoconfigure.QuartzAutoConfiguration");

    /** What {@link #only} is to end with, so that Hibernate is as it is without its module. */
    static final String WITHOUT_TENANT_SESSIONS = ",dev.lexigram.tenancy.spring.TenancyHibernateAutoConfiguration";

    private final List<String> configurations;

    Part(String... configurations) {
        this.configurations = List.of(configurations);
    }

    /** The property, as {@code name=value}, with which an application has these parts and no others. */
    static String only(Part... wanted) {
        return Arrays.stream(values())
                .filter(part -> !List.of(wanted).contains(part))
                .flatMap(part -> part.configurations.stream())
                .map(name -> "org.springframework.boot." + name)
                .collect(Collectors.joining(",", "spring.autoconfigure.exclude=", ""));
    }
}
