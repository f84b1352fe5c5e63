package dev.lexigram.tenancy.resolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1",
        "10.0.0.0/8, ::ffff:10.0.0.1",
        "192.0.2.7, 192.0.2.7",
        "192.0.2.6/31, 192.0.2.7",
        "128.0.0.0/1, 255.255.255.255",
        "2001:db8::/32, 2001:db8:ffff::1",
        "2001:db8::/32, 2001:0DB8:0:0:0:0:0:1",
        "2001:db8:0:0:8000::/65, 2001:db8::8000:0:0:1",
        "::1, ::1",
        "::1/128, 0:0:0:0:0:0:0:1",
        "fe80::/10, fe80::1%eth0",
        "::ffff:10.0.0.0/104, 10.9.9.9",
        "1::, 1:0:0:0:0:0:0:0",
        "64:ff9b::192.0.2.0/120, 64:ff9b::c000:0255"
    })
    void a_range_holds_its_addresses(String range, String address) {
        assertThat(proxies(range).contains(Optional.of(address))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 11.0.0.1",
        "10.0.0.0/8, ::10.0.0.1",
        "10.0.0.0/8, a00::1",
        "192.0.2.6/31, 192.0.2.8",
        "2001:db8::/32, 2001:db9::1",
        "2001:db8:0:0:8000::/65, 2001:db8::7fff:0:0:1",
        "::/1, 10.0.0.1",
        "8000::/1, 255.255.255.255",
        "::1, 127.0.0.1",
        "10.0.0.0/8, 10.0.0.1.example.com",
        "10.0.0.0/8, 010.0.0.1",
        "10.0.0.0/8, 10.1",
        "10.0.0.0/8, 10.0.0.1:80",
        "10.0.0.0/8, 10.0.0.1%eth0",
        "10.0.0.0/8, ''",
        "::1, localhost",
        "::1, [::1]"
    })
    void a_range_holds_nothing_else_and_no_name(String range, String peer) {
        assertThat(proxies(range).contains(Optional.of(peer))).isFalse();
    }

    @Test
    void without_ranges_or_a_peer_nobody_is_trusted() {
        assertThat(TrustedProxies.of(List.of()).contains(Optional.of("127.0.0.1")))
                .isFalse();
        assertThat(proxies("127.0.0.1").contains(Optional.empty())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "localhost",
                "example.com/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0.0/08",
                "10.0.0/8",
                "256.0.0.0/8",
                "01.0.0.0/8",
                "10.0.0.1/8",
                "2001:db8::1/32",
                "::/129",
                "::ffff:10.0.0.0/8",
                ":::/16",
                "1::2::3/128",
                "12345::/16",
                "1:2:3:4:5:6:7:8:9/128",
                "1:2:3:4:5:6:7/112",
                "1:2:3:4:5:6:7::8:9/128",
                "fe80::1%eth0/128",
                "1.2.3.4::/128",
                "::1.2.3/128",
                "::g/128",
                "1:/16",
                ":1/16",
                "\u0661.0.0.0/8"
            })
    void what_is_no_range_is_refused(String text) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> proxies(text))
                .withMessageContaining("resolution.trusted_proxies")
                .withMessageContaining("10.0.0.0/8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "::/0"})
    void a_range_of_everybody_is_refused(String text) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> proxies(text))
                .withMessageContaining("trusts every client");
    }

    @Test
    void random_addresses_are_read_as_the_jdk_reads_them() throws UnknownHostException {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var number = 0; number < 20_000; number++) {
            var bytes = new byte[random.nextBoolean() ? 4 : 16];
            random.nextBytes(bytes);
            for (var group = 0; group + 1 < bytes.length; group += 2) {
                if (random.nextInt(3) > 0) {
                    bytes[group] = bytes[group + 1] = 0;
                }
            }
            var text = shortened(InetAddress.getByAddress(bytes).getHostAddress(), random);
            var address = IpAddress.parse(text);
            assertThat(address)
                    .as("seed %d, %s", seed, text)
                    .isEqualTo(of(InetAddress.getByName(text).getAddress()));
        }
    }

    private static String shortened(String text, Random random) {
        return text.indexOf(':') >= 0 && random.nextBoolean() ? text.replaceFirst("(^|:)0(:0)+(:|$)", "::") : text;
    }

    private static IpAddress of(byte[] bytes) {
        var high = 0L;
        var low = 0L;
        for (var at = 0; at < bytes.length; at++) {
            high = high << 8 | low >>> 56;
            low = low << 8 | bytes[at] & 0xFF;
        }
        return new IpAddress(bytes.length == 4, high, low);
    }

    private static TrustedProxies proxies(String range) {
        return TrustedProxies.of(List.of(range));
    }
}
