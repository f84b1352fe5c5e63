package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** Text or a value that no tenant can have. Nothing was stored. */
public final class InvalidTenantException extends TenantException {

    private static final long serialVersionUID = 1L;

    private InvalidTenantException(String message, @Nullable Throwable cause) {
        super(21, message, cause);
    }

    /** The field, its rule and the value's length; hostile text is never repeated. */
    public static InvalidTenantException of(String field, String rule, String value) {
        return new InvalidTenantException(
                "Not a tenant " + field + " (" + value.length() + " characters); expected: " + rule + ".", null);
    }

    /** The field, its rule, and what is wrong in words of the library; hostile text is never repeated. */
    static InvalidTenantException because(String field, String rule, String wrong) {
        return new InvalidTenantException("Not a tenant " + field + " (" + wrong + "); expected: " + rule + ".", null);
    }
}
