package dev.lexigram.tenancy.spring.start;

import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** What initialises the database wanted to do so through a DataSource of tenants. */
final class InitializationAnalyzer extends AbstractFailureAnalyzer<DatabaseNotReadyException> {

    private static final String SCRIPTS = """
            Let the migrator run schema.sql and data.sql, each row of a tenant with its tenant_id:

              spring.sql.init:
                username: tenancy_migrator
                password: ...

            or set spring.sql.init.mode: never and write migrations for Flyway or Liquibase.""";

    private static final String OTHER = """
            Let it use a plain DataSource of the migrator, and name that bean:

              tenancy:
                isolation.exclude: <name of the bean>""";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, DatabaseNotReadyException cause) {
        var bean = innermostBean(rootFailure);
        return new FailureAnalysis(
                "Bean '" + bean
                        + "' initialises the database through a DataSource of tenants. Its login may make no tables,"
                        + " and before the audit has run it gives no connection without a tenant.",
                action(bean),
                cause);
    }

    private static String action(String bean) {
        return SystemTables.ALL.stream()
                .filter(tables -> tables.initializer().equals(bean))
                .findFirst()
                .map(SystemTables::lines)
                .orElse(bean.equals("dataSourceScriptDatabaseInitializer") ? SCRIPTS : OTHER);
    }

    private static String innermostBean(Throwable failure) {
        var bean = "unknown";
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof BeanCreationException creation && creation.getBeanName() != null) {
                bean = creation.getBeanName();
            }
        }
        return bean;
    }
}
