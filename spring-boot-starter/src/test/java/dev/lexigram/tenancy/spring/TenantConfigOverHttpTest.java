package dev.lexigram.tenancy.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.overrides.ConfigCatalog;
import dev.lexigram.tenancy.overrides.ConfigKey;
import dev.lexigram.tenancy.overrides.TenantConfigService;
import dev.lexigram.tenancy.spring.app.NotesApplication;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import dev.lexigram.tenancy.tenant.TenantConfigException;
import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.io.File;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.convert.support.DefaultConversionService;
import org.springframework.core.io.Resource;
import org.springframework.core.io.ResourceEditor;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Per-tenant configuration in an application with its tables in PostgreSQL. */
@TenancyTest
class TenantConfigOverHttpTest {

    private static Service service;
    private static TestDatabase database;
    private static TenantConfigService configs;

    @BeforeAll
    static void start(TestDatabase fresh) {
        database = fresh;
        Notes.createTable(database);
        service = Service.start(
                new Class<?>[] {NotesApplication.class, ConfigController.class, Catalog.class}, Service.on(database));
        Notes.createTenants(service);
        configs = service.bean(TenantConfigService.class);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void a_parameter_gets_what_is_configured_for_the_current_tenant() {
        assertThat(service.get("/config/max", Tokens.of("ann", "acme")).body()).isEqualTo("max 10");

        configs.setConfig("acme", "max_users", "100");

        assertThat(service.get("/config/max", Tokens.of("ann", "acme")).body()).isEqualTo("max 100");
        assertThat(service.get("/config/max", Tokens.of("bob", "globex")).body())
                .isEqualTo("max 10");
        configs.unsetConfig("acme", "max_users");
        assertThat(service.get("/config/max", Tokens.of("ann", "acme")).body()).isEqualTo("max 10");
    }

    @Test
    void a_parameter_has_the_type_that_it_is_declared_with() {
        assertThat(service.get("/config/typed", Tokens.of("bob", "globex")).body())
                .isEqualTo("Optional.empty Optional.empty Optional.empty Optional[PT1H] Optional.empty");

        configs.setConfigs(
                "acme",
                Map.of(
                        "theme",
                        "dark",
                        "beta",
                        true,
                        "rate",
                        new BigDecimal("0.50"),
                        "session",
                        "30s",
                        "banner",
                        "hi"));

        assertThat(service.get("/config/typed", Tokens.of("ann", "acme")).body())
                .isEqualTo("Optional[DARK] Optional[true] Optional[0.50] Optional[PT30S] Optional[hi]");
    }

    @Test
    void the_bean_reads_for_the_current_tenant() {
        configs.setConfig("acme", "color", "red");

        assertThat(service.get("/config/read/color", Tokens.of("ann", "acme")).body())
                .startsWith("red ");
        assertThat(service.get("/config/read/color", Tokens.of("bob", "globex")).body())
                .isEqualTo("fallback 10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/config/max", "/config/typed", "/config/required", "/config/read/color"})
    void without_a_tenant_it_is_refused(String path) {
        var answer = service.get(path, Tokens.of("ann"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_010");
    }

    @Test
    void CF_02_what_does_not_fit_is_an_answer_of_its_own_and_not_a_default() {
        database.execute(Role.CONTROL, """
                insert into tenancy.tenant_configs (tenant_id, key, value, version, updated_at)
                values ('globex', 'max_users', '"s3cret"', 1, now())
                """);
        configs.invalidateAll();
        try {
            var answer = service.get("/config/max", Tokens.of("bob", "globex"));

            assertThat(answer.statusCode()).isEqualTo(422);
            assertThat(answer.body()).contains("LEX_ERR_TENANT_006").doesNotContain("s3cret");
        } finally {
            configs.unsetConfig("globex", "max_users");
        }
        assertThat(service.get("/config/max", Tokens.of("bob", "globex")).body())
                .isEqualTo("max 10");
    }

    @Test
    void where_nothing_holds_only_an_optional_is_empty() {
        var answer = service.get("/config/required", Tokens.of("bob", "globex"));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("LEX_ERR_TENANT_006");
    }

    @Test
    void CF_05_text_that_looks_like_a_template_is_not_evaluated() {
        for (var template : new String[] {"${user.home}", "#{T(java.lang.Runtime)}", "${jndi:ldap://evil/x}"}) {
            configs.setConfig("acme", "banner", template);
            assertThat(service.get("/config/required", Tokens.of("ann", "acme")).body())
                    .isEqualTo(template);
        }
    }

    @Test
    void CF_05_control_a_converter_of_spring_does_evaluate_such_text() {
        var editor = new ResourceEditor();
        editor.setAsText("file:${user.home}");

        assertThat(((Resource) editor.getValue()).toString()).contains(System.getProperty("user.home"));
        assertThat(new DefaultConversionService().convert("yes", Boolean.class)).isTrue(); // and is not strict
    }

    @Test
    void a_parameter_of_another_type_or_with_no_key_ends_the_start() throws NoSuchMethodException {
        assertThat(problems("file", File.class)).singleElement().asString().contains("java.io.File", "a BigDecimal");
        assertThat(problems("malformed", String.class))
                .singleElement()
                .asString()
                .contains("Not a configuration key");
        assertThat(problems("good", Optional.class)).isEmpty();

        var mapping = new RequestMappingHandlerMapping();
        mapping.registerMapping(
                RequestMappingInfo.paths("/mistaken").build(),
                new Mistaken(),
                Mistaken.class.getDeclaredMethod("file", File.class));
        var mappings = new StaticListableBeanFactory(Map.of("mapping", mapping)).getBeanProvider(HandlerMapping.class);

        assertThatThrownBy(new RouteChecks(mappings)::afterSingletonsInstantiated)
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("@TenantValue(\"file\") cannot be a java.io.File");
    }

    @Test
    void CF_04_the_catalogue_of_the_application_holds() {
        assertThatThrownBy(() -> configs.setConfig("acme", "issuer", "https://evil"))
                .isInstanceOf(TenantConfigException.class);
    }

    private static Stream<String> problems(String name, Class<?> parameter) throws NoSuchMethodException {
        Method method = Mistaken.class.getDeclaredMethod(name, parameter);
        return TenantValueArguments.problems(new HandlerMethod(new Mistaken(), method));
    }

    @Configuration
    static class Catalog {

        @Bean
        ConfigCatalog catalog() {
            return ConfigCatalog.EMPTY.withKeys(
                    ConfigController.MAX_USERS,
                    ConfigKey.text("issuer", "").forOperators(),
                    ConfigKey.duration("session", Duration.ofHours(1)).asSecret());
        }
    }
}
