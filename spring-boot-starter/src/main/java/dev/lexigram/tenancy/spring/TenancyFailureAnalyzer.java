package dev.lexigram.tenancy.spring;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantUnavailableException;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says on the console why tenancy keeps the application from starting, and what to do about it. */
final class TenancyFailureAnalyzer extends AbstractFailureAnalyzer<TenantException> {

    @Override
    protected @Nullable FailureAnalysis analyze(Throwable rootFailure, TenantException cause) {
        if (cause instanceof TenancyConfigurationException mistaken) {
            var problems = mistaken.problems().stream()
                    .map(problem -> "  - " + problem)
                    .collect(Collectors.joining("\n", "Tenancy is misconfigured:\n\n", ""));
            return new FailureAnalysis(
                    problems,
                    "Write what each line says. Keys stand below 'tenancy.' with hyphens or underscores, or in variables"
                            + " LEX_TENANCY__SECTION__KEY; 'tenancy.enabled: false' switches all of it off.",
                    cause);
        }
        if (cause instanceof TenantIsolationException && !(cause.getCause() instanceof SQLException)) {
            return new FailureAnalysis(
                    cause.getMessage(),
                    "Run the SQL that each finding gives as the owner of the tables or as a superuser, best as a"
                            + " migration, and start again. 'tenancy.isolation.audit: warn' starts nevertheless: then work"
                            + " without a tenant is refused.",
                    cause);
        }
        if (cause instanceof TenantUnavailableException) {
            return new FailureAnalysis(
                    "The control plane, which keeps the tenants, cannot be reached: " + cause.getMessage(),
                    "Start its database, or correct tenancy.control_plane.url; unset, it is the one of"
                            + " spring.datasource.url.",
                    cause);
        }
        return null;
    }
}
