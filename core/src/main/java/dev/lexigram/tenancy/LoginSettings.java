package dev.lexigram.tenancy;

import dev.lexigram.tenancy.Setting.Section;
import dev.lexigram.tenancy.isolation.SystemScopeConfig;
import dev.lexigram.tenancy.stores.ControlPlaneConfig;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys of sections that name a login: of those who keep tenants, and of those who read across them. */
final class LoginSettings {

    private static final Section<ControlPlaneConfig> CONTROL_PLANE =
            new Section<>("control_plane", TenancyConfig::controlPlane, TenancyConfig::withControlPlane);
    private static final Section<SystemScopeConfig> SYSTEM_SCOPE =
            new Section<>("system_scope", TenancyConfig::systemScope, TenancyConfig::withSystemScope);

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
                    "Password of that login; never shown."));

    private LoginSettings() {}
}
