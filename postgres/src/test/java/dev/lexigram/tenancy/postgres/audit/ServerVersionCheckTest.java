package dev.lexigram.tenancy.postgres.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerVersionCheckTest {

    @ParameterizedTest
    @CsvSource({
        "14, 99, true",
        "15, 13, true",
        "15, 14, false",
        "16, 9, true",
        "16, 10, false",
        "17, 5, true",
        "17, 6, false",
        "18, 0, false",
        "19, 0, false"
    })
    void RL_22_a_server_without_the_fixes_of_row_security_is_old(int major, int minor, boolean isOld) {
        assertThat(ServerVersionCheck.isOld(major, minor)).isEqualTo(isOld);
    }
}
