package dev.lexigram.tenancy.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The library cannot start as it is configured. All problems are in one message. */
public final class TenancyConfigurationException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenancyConfigurationException(String message, @Nullable Throwable cause) {
        super(22, message, cause);
    }

    /** Every problem, each saying what to write instead. */
    public static TenancyConfigurationException of(List<String> problems) {
        return new TenancyConfigurationException("Tenancy is misconfigured: " + String.join("; ", problems), null);
    }
}
