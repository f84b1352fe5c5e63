package dev.lexigram.tenancy.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The library cannot start as it is configured. All problems are in one message. */
public final class TenancyConfigurationException extends TenantException {

    private static final long serialVersionUID = 1L;

    private final String[] problems;

    private TenancyConfigurationException(String message, List<String> problems, @Nullable Throwable cause) {
        super(22, message, cause);
        this.problems = problems.toArray(String[]::new);
    }

    /** Every problem, each saying what to write instead. */
    public static TenancyConfigurationException of(List<String> problems) {
        return new TenancyConfigurationException("Tenancy is misconfigured: " + String.join("; ", problems), problems, null);
    }

    /** Every problem, one sentence each. */
    public List<String> problems() {
        return List.of(problems);
    }
}
