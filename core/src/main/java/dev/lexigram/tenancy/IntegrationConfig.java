package dev.lexigram.tenancy;

/**
 * How the library joins other parts of the application: section {@code integration} of the configuration. Immutable.
 *
 * @param sqlContextBridge whether connections carry the current tenant to the database. It can only be switched off
 *     where there is no tenant DataSource, because such a DataSource without it would protect nothing
 */
public record IntegrationConfig(boolean sqlContextBridge) {

    public static final IntegrationConfig DEFAULTS = new IntegrationConfig(true);

    public IntegrationConfig withSqlContextBridge(boolean sqlContextBridge) {
        return new IntegrationConfig(sqlContextBridge);
    }
}
