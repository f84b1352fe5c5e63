package dev.lexigram.tenancy;

import static dev.lexigram.tenancy.Sections.nested;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** CF-1: every key takes effect, and nothing else than what it says. */
class TenancyConfigKeysTest {

    private static final Map<String, String> NO_VARIABLES = Map.of();
    private static final Arguments PASSWORD = Arguments.of("control_plane.password", " s3cret ", "");

    /** Every key, a value that is not its default, and how the configuration then reads. */
    static Stream<Arguments> every_key() {
        return Stream.concat(keys_of_resolution(), keys_of_other_sections());
    }

    private static Stream<Arguments> keys_of_resolution() {
        return Stream.of(
                Arguments.of("resolution.resolvers", "header, path", "resolvers=Optional[[header, path]]"),
                Arguments.of("resolution.header_name", "x-org", "headerName=x-org"),
                Arguments.of("resolution.jwt_claim_key", "/org/id", "jwtClaimKey=/org/id"),
                Arguments.of("resolution.subdomain_pattern", "app.com", "pattern=Optional[app.com]"),
                Arguments.of("resolution.subdomain_max_labels", "2", "maxLabels=2"),
                Arguments.of("resolution.subdomain_reserved", "www", "reserved=[www]"),
                Arguments.of("resolution.subdomain_idn", "yes", "idn=true"),
                Arguments.of("resolution.path_pattern", "/t/{tenant_id}", "pathPattern=Optional[/t/{tenant_id}]"),
                Arguments.of("resolution.trusted_resolvers", "header", "trustedResolvers=[header]"),
                Arguments.of("resolution.strict_membership", "0", "strictMembership=false"),
                Arguments.of("resolution.on_conflict", "verified_wins", "onConflict=VERIFIED_WINS"),
                Arguments.of("resolution.issuers", "{\"https://idp\": [\"acme\"]}", "issuers={https://idp=[acme]}"),
                Arguments.of("resolution.trusted_proxies", "10.0.0.0/8", "trustedProxies=[10.0.0.0/8]"),
                Arguments.of("resolution.forwarded_hops", "3", "forwardedHops=3"),
                Arguments.of("resolution.require", "always", "require=ALWAYS"),
                Arguments.of("resolution.ignore_paths", "/health", "ignorePaths=[/health]"),
                Arguments.of("resolution.public_paths", "/a, /b", "publicPaths=[/a, /b]"),
                Arguments.of("resolution.validator_cache_ttl", "60s", "[ttl=PT1M"),
                Arguments.of("resolution.validator_cache_size", "5", " size=5"),
                Arguments.of("resolution.negative_ttl", "0", "negativeTtl=PT0S"),
                Arguments.of("resolution.max_staleness", "PT1M", "maxStaleness=PT1M"));
    }

    private static Stream<Arguments> keys_of_other_sections() {
        return Stream.of(
                Arguments.of("enabled", "off", "enabled=false"),
                Arguments.of("web.filter_order", "-5", "filterOrder=-5"),
                Arguments.of("cache.shared", "plans, rates", "shared=[plans, rates]"),
                Arguments.of("membership.source", "claim", "source=CLAIM"),
                Arguments.of("membership.claim", "orgs", "claim=orgs"),
                Arguments.of("membership.cache_ttl", "7", "cacheTtl=PT7S"),
                Arguments.of("membership.cache_size", "9", "cacheSize=9"),
                Arguments.of("lifecycle.isolation_strategy", "schema", "isolationStrategy=schema"),
                Arguments.of("lifecycle.auto_provision_isolation", "false", "autoProvisionIsolation=false"),
                Arguments.of("lifecycle.deprovision_policy", "drop", "deprovisionPolicy=DROP"),
                Arguments.of("lifecycle.delete_grace", "P7D", "deleteGrace=PT168H"),
                Arguments.of("lifecycle.name_quarantine", "P8D", "nameQuarantine=PT192H"),
                Arguments.of("lifecycle.run_lease", "45", "runLease=PT45S"),
                Arguments.of("overrides.cache_ttl", "8", "cacheTtl=PT8S"),
                Arguments.of("overrides.cache_size", "11", "cacheSize=11"),
                Arguments.of("overrides.max_keys", "12", "maxKeys=12"),
                Arguments.of("overrides.max_value_bytes", "13", "maxValueBytes=13"),
                Arguments.of("overrides.max_total_bytes", "14", "maxTotalBytes=14"),
                Arguments.of("integration.sql_context_bridge", "no", "sqlContextBridge=false"),
                Arguments.of("isolation.setting_name", "app.tenant", "settingName=app.tenant"),
                Arguments.of("isolation.sealed", "true", "sealed=true"),
                Arguments.of("isolation.strict_status", "true", "strictStatus=true"),
                Arguments.of("isolation.statement_timeout", "90s", "statement=PT1M30S"),
                Arguments.of("isolation.lock_timeout", "PT0.25S", "lock=PT0.25S"),
                Arguments.of("isolation.idle_in_transaction_timeout", "0", "idle=PT0S"),
                Arguments.of("isolation.audit", "warn", "audit=WARN"),
                Arguments.of("isolation.audit_interval", "30s", "auditInterval=PT30S"),
                Arguments.of("isolation.adoption", "report", "adoption=REPORT"),
                Arguments.of("isolation.binder", "plain", "binder=PLAIN"),
                Arguments.of("isolation.assume_role", "tenancy_app", "assumeRole=Optional[tenancy_app]"),
                Arguments.of("isolation.tables.tenant", "a.*, b", "tenantTables=[a.*, b]"),
                Arguments.of("isolation.tables.shared", "c", "sharedTables=[c]"),
                Arguments.of("isolation.tables.system", "d", "systemTables=[d]"),
                Arguments.of("isolation.definer_functions", "f, g.*", "definerFunctions=[f, g.*]"),
                Arguments.of("isolation.extension_schema", "extensions", "extensionSchema=Optional[extensions]"),
                Arguments.of(
                        "isolation.schema.locations",
                        "classpath:a, classpath:b",
                        "locations=[classpath:a, classpath:b]"),
                Arguments.of("isolation.exclude", "flyway", "exclude=[flyway]"),
                Arguments.of("control_plane.url", "jdbc:postgresql://h/d", "url=Optional[jdbc:postgresql://h/d]"),
                Arguments.of("control_plane.user", "control", "user=Optional[control]"),
                Arguments.of("control_plane.initialize", "FALSE", "initialize=false"),
                Arguments.of("system_scope.url", "jdbc:postgresql://h/d", "SystemScopeConfig[url=Optional[***]"),
                Arguments.of("system_scope.user", "reader", "user=Optional[reader]"),
                Arguments.of("databases.url", "jdbc:postgresql://h/d", "DatabasesConfig[url=Optional[***]"),
                Arguments.of("databases.user", "provisioner", "user=Optional[provisioner]"),
                Arguments.of("databases.password", "s3cret", ""),
                Arguments.of("databases.secret_key", "s3cret", "secretKey=Optional[***]"),
                Arguments.of("pools.max_connections", "100", "maxConnections=100"),
                Arguments.of("pools.nodes", "3", "nodes=3"),
                Arguments.of("pools.idle_close", "30s", "idleClose=PT30S"),
                Arguments.of("pools.borrow_timeout", "5", "borrowTimeout=PT5S"),
                Arguments.of("pools.tenant_share", "0.5", "tenantShare=0.5"),
                Arguments.of("bus.type", "none", "type=NONE"),
                Arguments.of("bus.heartbeat", "2s", "heartbeat=PT2S"),
                Arguments.of("system_scope.password", "s3cret", ""),
                PASSWORD);
    }

    @ParameterizedTest
    @MethodSource("every_key")
    void a_key_takes_effect_from_a_framework_and_from_the_environment(String path, String stated, String reads) {
        var variable = "LEX_TENANCY__" + path.replace(".", "__").toUpperCase(Locale.ROOT);

        var config = TenancyConfig.of(nested(path, stated), NO_VARIABLES);

        assertThat(config).isNotEqualTo(TenancyConfig.DEFAULTS);
        assertThat(config.toString()).contains(reads);
        assertThat(reads.isEmpty() || !TenancyConfig.DEFAULTS.toString().contains(reads))
                .isTrue();
        assertThat(TenancyConfig.of(nested(path.replace('_', '-'), stated), NO_VARIABLES))
                .isEqualTo(config);
        assertThat(TenancyConfig.of(Map.of(), Map.of(variable, stated))).isEqualTo(config);
    }

    @Test
    void a_password_is_taken_as_it_stands() {
        var config = TenancyConfig.of(nested((String) PASSWORD.get()[0], PASSWORD.get()[1]), NO_VARIABLES);

        assertThat(config.controlPlane().password()).hasValue(" s3cret ");
    }

    @Test
    void the_table_of_keys_is_complete() {
        var tested = every_key().map(arguments -> (String) arguments.get()[0]).toList();

        assertThat(Settings.all()).extracting(Setting::path).containsExactlyInAnyOrderElementsOf(tested);
        assertThat(Settings.all())
                .allSatisfy(setting -> assertThat(setting.meaning()).endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("every_key")
    void a_key_changes_itself_only(String path, String stated, String reads) {
        var config = TenancyConfig.of(nested(path, stated), NO_VARIABLES);

        for (var setting : Settings.all()) {
            assertThat(setting.get().apply(config).equals(setting.get().apply(TenancyConfig.DEFAULTS)))
                    .as("%s keeps its default after setting %s", setting.path(), path)
                    .isEqualTo(!setting.path().equals(path));
        }
    }
}
