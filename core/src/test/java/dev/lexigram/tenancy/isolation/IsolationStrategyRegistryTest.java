package dev.lexigram.tenancy.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.tenant.TenantIsolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsolationStrategyRegistryTest {

    private final IsolationStrategyRegistry registry = new IsolationStrategyRegistry();

    @Test
    void gives_a_strategy_by_its_name() {
        var strategy = new RecordingStrategy("row_level");
        registry.register(strategy);

        assertThat(registry.get("row_level")).isSameAs(strategy);
    }

    @Test
    void a_strategy_that_is_registered_again_replaces_the_first() {
        var second = new RecordingStrategy("row_level");
        registry.register(new RecordingStrategy("row_level"));
        registry.register(second);

        assertThat(registry.get("row_level")).isSameAs(second);
        assertThat(registry.names()).containsExactly("row_level");
    }

    @Test
    void an_unknown_name_is_refused_naming_those_that_exist() {
        registry.register(new RecordingStrategy("schema"));
        registry.register(new RecordingStrategy("row_level"));

        assertThatThrownBy(() -> registry.get("row_levl"))
                .isInstanceOf(TenantIsolationException.class)
                .hasMessageContaining("'row_levl'")
                .hasMessageContaining("[row_level, schema]");
    }

    @Test
    void hostile_text_is_not_repeated() {
        assertThatThrownBy(() -> registry.get("x'; drop\r\nschema public"))
                .hasMessageContaining("23 characters")
                .hasMessageNotContaining("drop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Row", "row level", "1row", "row-level"})
    void refuses_a_strategy_whose_name_nobody_could_configure(String name) {
        assertThatThrownBy(() -> registry.register(new RecordingStrategy(name)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
