package dev.lexigram.tenancy.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantStatusTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "ACTIVE", "Active", " active", "unknown"})
    void a_status_is_read_from_its_exact_wire_name(String text) {
        assertThatExceptionOfType(InvalidTenantException.class).isThrownBy(() -> TenantStatus.fromWireName(text));
    }

    @Test
    void each_status_has_its_wire_name() {
        assertThat(Stream.of(TenantStatus.values()).map(TenantStatus::wireName))
                .containsExactly("provisioning", "active", "inactive", "suspended", "failed", "deleting", "deleted");
        assertThat(Stream.of(TenantStatus.values()).map(TenantStatus::wireName).map(TenantStatus::fromWireName))
                .containsExactly(TenantStatus.values());
    }
}
