package dev.lexigram.tenancy;

import dev.lexigram.tenancy.Setting.Section;
import dev.lexigram.tenancy.isolation.DatabasesConfig;
import dev.lexigram.tenancy.isolation.PoolsConfig;
import dev.lexigram.tenancy.isolation.SystemScopeConfig;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of sections about connections other than the application's own: who logs in, and how many there may be. */
final class ConnectionSettings {

    private static final Section<ControlPlaneConfig> CONTROL_PLANE =
            new Section<>("control_plane", TenancyConfig::controlPlane, TenancyConfig::withControlPlane);
    private static final Section<SystemScopeConfig> SYSTEM_SCOPE =
            new Section<>("system_scope", TenancyConfig::systemScope, TenancyConfig::withSystemScope);

    private static final Section<DatabasesConfig> DATABASES =
            new Section<>("databases", TenancyConfig::databases, TenancyConfig::withDatabases);
    private static final Section<PoolsConfig> POOLS =
            new Section<>("pools", TenancyConfig::pools, TenancyConfig::withPools);

    private static final ValueType<Optional<String>> URL = ValueType.text(
                    "a URL that starts with jdbc:postgresql:", Forms.JDBC)
            .asSecret()
            .orNone();
    private static final ValueType<Optional<String>> USER =
            ValueType.text("the name of a login", Forms.LINE).orNone();
    private static final ValueType<Optional<String>> PASSWORD = ValueType.text(
                    "text of 1 to 1000 characters", Pattern.compile("(?s).{1,1000}"))
            .asSecret()
            .orNone();

    static final List<Setting<?>> ALL = List.of(
            CONTROL_PLANE.setting(
                    "url",
                    URL,
                    ControlPlaneConfig::url,
                    (it, url) -> new ControlPlaneConfig(url, it.user(), it.password(), it.initialize()),
                    "Where the control plane keeps tenants; unset for the application's own database."),
            CONTROL_PLANE.setting(
                    "user",
                    USER,
                    ControlPlaneConfig::user,
                    (it, user) -> new ControlPlaneConfig(it.url(), user, it.password(), it.initialize()),
                    "Login of the control plane."),
            CONTROL_PLANE.setting(
                    "password",
                    PASSWORD,
                    ControlPlaneConfig::password,
                    (it, password) -> new ControlPlaneConfig(it.url(), it.user(), password, it.initialize()),
                    "Password of that login; never shown."),
            CONTROL_PLANE.setting(
                    "initialize",
                    ValueType.bool(),
                    ControlPlaneConfig::initialize,
                    ControlPlaneConfig::withInitialize,
                    "Whether its tables are created and upgraded at start."),
            SYSTEM_SCOPE.setting(
                    "url",
                    URL,
                    SystemScopeConfig::url,
                    (it, url) -> new SystemScopeConfig(url, it.user(), it.password()),
                    "Where reads across tenants go; unset for the application's own database."),
            SYSTEM_SCOPE.setting(
                    "user",
                    USER,
                    SystemScopeConfig::user,
                    (it, user) -> new SystemScopeConfig(it.url(), user, it.password()),
                    "Login that reads across tenants and changes nothing."),
            SYSTEM_SCOPE.setting(
                    "password",
                    PASSWORD,
                    SystemScopeConfig::password,
                    (it, password) -> new SystemScopeConfig(it.url(), it.user(), password),
                    "Password of that login; never shown."),
            DATABASES.setting(
                    "url",
                    URL,
                    DatabasesConfig::url,
                    (it, url) -> new DatabasesConfig(url, it.user(), it.password(), it.secretKey()),
                    "The server on which tenants have a database each; unset for that of the application's own database."),
            DATABASES.setting(
                    "user",
                    USER,
                    DatabasesConfig::user,
                    (it, user) -> new DatabasesConfig(it.url(), user, it.password(), it.secretKey()),
                    "Login that makes databases of tenants."),
            DATABASES.setting(
                    "password",
                    PASSWORD,
                    DatabasesConfig::password,
                    (it, password) -> new DatabasesConfig(it.url(), it.user(), password, it.secretKey()),
                    "Password of that login; never shown."),
            DATABASES.setting(
                    "secret_key",
                    PASSWORD,
                    DatabasesConfig::secretKey,
                    (it, key) -> new DatabasesConfig(it.url(), it.user(), it.password(), key),
                    "32 bytes in Base64 with which the passwords of tenants' logins are kept; never shown."),
            POOLS.setting(
                    "max_connections",
                    ValueType.wholeNumber(1, 10_000),
                    PoolsConfig::maxConnections,
                    PoolsConfig::withMaxConnections,
                    "Connections of all nodes to the databases of tenants together."),
            POOLS.setting(
                    "nodes",
                    ValueType.wholeNumber(1, 1000),
                    PoolsConfig::nodes,
                    PoolsConfig::withNodes,
                    "How many nodes share them."),
            POOLS.setting(
                    "idle_close",
                    ValueType.duration(Duration.ofSeconds(1)),
                    PoolsConfig::idleClose,
                    PoolsConfig::withIdleClose,
                    "How long a connection to a tenant's database may be idle."),
            POOLS.setting(
                    "borrow_timeout",
                    ValueType.duration(Duration.ofSeconds(1)),
                    PoolsConfig::borrowTimeout,
                    PoolsConfig::withBorrowTimeout,
                    "How long a borrower waits for a connection to its database, or for its tenant's turn in a pool."),
            POOLS.setting(
                    "tenant_share",
                    ValueType.share(),
                    PoolsConfig::tenantShare,
                    PoolsConfig::withTenantShare,
                    "What part of them, and of each pool that tenants share, one tenant may have, at least two."));

    private ConnectionSettings() {}
}
