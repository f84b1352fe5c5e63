package dev.lexigram.tenancy.tenant;

import java.util.List;

/** The library cannot start as it is configured. All problems are in one message. */
public final class TenancyConfigurationException extends TenantException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    private TenancyConfigurationException(List<String> problems) {
        super(22, "Tenancy is misconfigured: " + String.join("; ", problems), null);
        this.problems = List.copyOf(problems);
    }

    /** Every problem, each saying what to write instead. */
    public static TenancyConfigurationException of(List<String> problems) {
        return new TenancyConfigurationException(problems);
    }

    /** The problems one by one, as they stand in the message. */
    public List<String> problems() {
        return problems;
    }
}
