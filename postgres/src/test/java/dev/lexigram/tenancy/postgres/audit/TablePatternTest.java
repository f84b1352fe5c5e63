package dev.lexigram.tenancy.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lexigram.tenancy.isolation.IsolationConfig;
import dev.lexigram.tenancy.postgres.policy.TableName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TablePatternTest {

    @ParameterizedTest
    @CsvSource({
        "invoice, public, invoice, true",
        "invoice, billing, invoice, false",
        "invoice, public, Invoice, false",
        "invoice, public, invoice2, false",
        "billing.invoice, billing, invoice, true",
        "billing.*, billing, anything, true",
        "billing.*, billing2, anything, false",
        "billing.*, public, billing.x, false",
        "*.shedlock, any, shedlock, true",
        "ref_*, public, ref_, true",
        "ref_*, public, xref_, false",
        "a.b.c, a, b.c, true",
        "inv[o]ice, public, invoice, false",
        "in.oice, public, invoice, false",
    })
    void a_pattern_matches_whole_names_part_by_part(String pattern, String schema, String table, boolean matches) {
        assertThat(TablePattern.of(pattern).matches(new TableName(schema, table)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "billing.", ".invoice"})
    void a_pattern_without_a_name_is_refused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> TablePattern.of(pattern));
    }

    @Test
    void tables_of_known_tools_are_system_tables_and_names_like_theirs_are_not() {
        var declarations = Declarations.of(IsolationConfig.DEFAULTS);

        assertThat(declarations.isCommon(TableName.of("tools.flyway_schema_history")))
                .isTrue();
        assertThat(declarations.isCommon(TableName.of("qrtz_triggers"))).isTrue();
        assertThat(declarations.isCommon(TableName.of("batch_order"))).isFalse();
        assertThat(declarations.isCommon(TableName.of("event_publications"))).isFalse();
    }

    @Test
    void a_declaration_as_a_tenants_table_wins() {
        var config = IsolationConfig.DEFAULTS.withSharedTables("*").withTenantTables("invoice", "shedlock");

        var declarations = Declarations.of(config);

        assertThat(declarations.isCommon(TableName.of("country"))).isTrue();
        assertThat(declarations.isCommon(TableName.of("invoice"))).isFalse();
        assertThat(declarations.isCommon(TableName.of("shedlock"))).isFalse();
    }
}
