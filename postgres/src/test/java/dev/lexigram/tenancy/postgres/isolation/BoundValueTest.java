package dev.lexigram.tenancy.postgres.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lexigram.tenancy.testkit.Role;
import dev.lexigram.tenancy.testkit.TenancyTest;
import dev.lexigram.tenancy.testkit.TestDatabase;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** I-13: a connection that is borrowed for long is bound with a token that is valid for long enough. */
@TenancyTest
class BoundValueTest {

    @Test
    void I_13_a_token_is_signed_anew_in_the_second_half_of_its_life(TestDatabase database) throws SQLException {
        var key = SealKey.random("first");
        var now = new AtomicReference<>(Instant.parse("2026-01-02T03:04:05Z"));
        try (var connection = database.as(Role.APP).getConnection()) {
            var value = BoundValue.of(new TenantSeal(() -> key, now::get), connection, Optional.of(RowLevelTest.ACME));
            var first = value.text();
            var half = TenantSeal.LIFETIME.dividedBy(2);

            now.updateAndGet(then -> then.plus(half).minusSeconds(1));
            assertThat(value.renew()).isFalse();
            assertThat(value.text()).isEqualTo(first);

            now.updateAndGet(then -> then.plusSeconds(2));
            assertThat(value.renew()).isTrue();
            assertThat(value.text()).isNotEqualTo(first).startsWith("acme.");
            assertThat(value.renew()).isFalse();
        }
    }
}
