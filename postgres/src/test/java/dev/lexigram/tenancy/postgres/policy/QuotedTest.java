package dev.lexigram.tenancy.postgres.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TenancyTest
class QuotedTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "O'Neil",
                "'; drop table x; --",
                "\\'; select 1; --",
                "\\",
                "$tenancy$ end $tenancy1$",
                "a\nb",
                "ü😀"
            })
    void text_comes_back_from_the_server_as_it_went(String text, TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.APP).getConnection();
                var statement = connection.createStatement()) {
            for (var conforming : new String[] {"on", "off"}) {
                statement.execute("set standard_conforming_strings = " + conforming);
                try (var row = statement.executeQuery("select " + Quoted.literal(text) + " as "
                        + Quoted.identifier(text) + ", " + Quoted.block(text))) {
                    row.next();
                    assertThat(row.getString(1)).isEqualTo(text);
                    assertThat(row.getMetaData().getColumnName(1)).isEqualTo(text);
                    assertThat(row.getString(2).strip()).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void with_doubled_quotes_alone_a_backslash_ends_the_literal_early(TestDatabase database) throws SQLException {
        try (var connection = database.as(Role.APP).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("set standard_conforming_strings = off");
            var naive = "'" + "\\' || current_user --".replace("'", "''") + "'";
            try (var row = statement.executeQuery("select " + naive)) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("'tenancy_app");
            }
        }
    }

    @Test
    void a_nul_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Quoted.literal("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Quoted.identifier("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> Quoted.block("a\0b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new TableName("public", "a\0b"));
    }
}
