package dev.lexigram.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaConfigTest {

    @Test
    void migrations_of_tenants_have_a_place_of_their_own() {
        assertThat(SchemaConfig.DEFAULTS.locations()).containsExactly("classpath:db/tenant");
        assertThat(SchemaConfig.DEFAULTS
                        .withLocations("filesystem:a", "filesystem:b")
                        .locations())
                .containsExactly("filesystem:a", "filesystem:b");
        assertThat(SchemaConfig.DEFAULTS.withExtensionSchema("ext").extensionSchema())
                .contains("ext");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "public",
                "PUBLIC",
                "tenancy",
                "information_schema",
                "pg_temp",
                "tenant_acme",
                "Tenant_acme",
                "archived_x",
                "a, b",
                "a\"b",
                "a.b",
                "1a"
            })
    void CN_24_no_schema_in_which_tables_are_looked_for_follows_a_tenants_own(String name) {
        assertThatThrownBy(() -> SchemaConfig.DEFAULTS.withExtensionSchema(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("extensionSchema");
    }
}
