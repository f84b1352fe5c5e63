package dev.lexigram.tenancy.tenant;

import org.jspecify.annotations.Nullable;

/** A key or a value of a tenant's configuration that is not allowed. Nothing was stored; no message repeats a value. */
public final class TenantConfigException extends TenantException {

    private static final long serialVersionUID = 1L;

    private TenantConfigException(String message, @Nullable Throwable cause) {
        super(6, message, cause);
    }

    /** A value that is not what its key demands. */
    public static TenantConfigException misfit(String key, String rule) {
        return new TenantConfigException(
                "The value of configuration key '" + key + "' does not fit; it must be " + rule
                        + ". Set one that fits, or unset the key.",
                null);
    }

    /** A key for which nothing holds where a value is needed. */
    public static TenantConfigException missing(String key) {
        return new TenantConfigException(
                "Nothing is configured for key '" + key + "'; set it, register a default, or read it as optional.",
                null);
    }

    /** What is wrong with a change of this key, and what to do; neither repeats a value. */
    public static TenantConfigException refused(String key, String why) {
        return new TenantConfigException("Configuration key '" + key + "' was not changed: " + why + ".", null);
    }

    /** A value that nothing can be configured with, said in words of the library. */
    public static TenantConfigException value(String wrong, String rule) {
        return new TenantConfigException("Not a configuration value (" + wrong + "); expected: " + rule + ".", null);
    }

    /** A configuration that would be too large. */
    public static TenantConfigException tooLarge(TenantId tenant, String wrong, String limit) {
        return new TenantConfigException(
                "The configuration of tenant '" + tenant + "' would have " + wrong + " and may have " + limit
                        + "; unset what is not needed, or raise the limit.",
                null);
    }

    /** Text that is no key; it is not repeated. */
    public static TenantConfigException key(int length, String form) {
        return new TenantConfigException(
                "Not a configuration key (" + length + " characters); expected: " + form + ".", null);
    }
}
