package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.resolution.ConflictRule;
import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** CF-1: the file is read as data, bounded, and refused when it is broken. */
class TenancyConfigFileTest {

    private static final String DAMAGE = "{}[]:,&*!%@`'\"\\|>-?#\n\t\0\u2028a0 ";

    @TempDir
    Path folder;

    @Test
    void a_file_is_read_and_its_other_sections_are_left_alone() throws IOException {
        var config = load("""
                spring:
                  whatever: [1, 2, {deep: true}]
                tenancy:
                  enabled: yes
                  resolution:
                    resolvers: [header, jwt_claim]
                    header-name: x-org
                    on_conflict: verified_wins
                    max_staleness: 10s
                    trusted_proxies: 10.0.0.0/8, 192.168.0.0/16
                    issuers:
                      https://idp.example: [acme, globex]
                      https://other.example: initech
                  isolation:
                    tables:
                      shared:
                        - countries
                        - currencies
                    assume_role:
                  control_plane:
                    password: "1234"
                """);

        assertThat(config.resolution().resolvers()).hasValue(List.of("header", "jwt_claim"));
        assertThat(config.resolution().headerName()).isEqualTo("x-org");
        assertThat(config.resolution().trust().onConflict()).isEqualTo(ConflictRule.VERIFIED_WINS);
        assertThat(config.resolution().trust().trustedProxies()).containsExactly("10.0.0.0/8", "192.168.0.0/16");
        assertThat(config.resolution().trust().issuers())
                .isEqualTo(Map.of(
                        "https://idp.example", List.of("acme", "globex"), "https://other.example", List.of("initech")));
        assertThat(config.resolution().cache().maxStaleness()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.isolation().sharedTables()).containsExactly("countries", "currencies");
        assertThat(config.isolation().assumeRole()).isEmpty();
        assertThat(config.controlPlane().password()).hasValue("1234");
    }

    @Test
    void the_environment_beats_the_file() throws IOException {
        var file = write("tenancy:\n  resolution:\n    header_name: x-file\n    jwt_claim_key: org\n");

        var config = TenancyConfig.load(file, Map.of("LEX_TENANCY__RESOLUTION__HEADER_NAME", "x-environment"));

        assertThat(config.resolution().headerName()).isEqualTo("x-environment");
        assertThat(config.resolution().jwtClaimKey()).isEqualTo("org");
    }

    @Test
    void an_empty_section_gives_the_defaults() throws IOException {
        assertThat(load("tenancy:\n")).isEqualTo(TenancyConfig.DEFAULTS);
        assertThat(load("tenancy: {resolution: }\n")).isEqualTo(TenancyConfig.DEFAULTS);
    }

    static Stream<Arguments> hostile_files() {
        return Stream.of(
                Arguments.of("", "has no section tenancy:"),
                Arguments.of("tenency: {}\n", "has no section tenancy:"),
                Arguments.of("- tenancy\n", "has no section tenancy:"),
                Arguments.of("tenancy: 7\n", "must be a section"),
                Arguments.of("tenancy: [enabled]\n", "must be a section"),
                Arguments.of("tenancy: {enabled: true, enabled: false}\n", "a key stands there twice"),
                Arguments.of("tenancy: {}\ntenancy: {}\n", "a key stands there twice"),
                Arguments.of("tenancy: {}\n---\ntenancy: {}\n", "not one valid YAML document"),
                Arguments.of("tenancy: {enabled: true\n", "not one valid YAML document"),
                Arguments.of("tenancy:\n\tenabled: true\n", "not one valid YAML document"),
                Arguments.of("tenancy: {enabled: *nothing}\n", "not one valid YAML document"),
                Arguments.of("tenancy: {7: true}\n", "Unknown key 'tenancy.(no text)'"),
                Arguments.of("tenancy: {\"\": true}\n", "Unknown key 'tenancy.(no text)'"),
                Arguments.of("tenancy: {[a, b]: true}\n", ""),
                Arguments.of("tenancy: {enabled: !!javax.script.ScriptEngineManager [x]}\n", "tags are not read"),
                Arguments.of("tenancy: {enabled: !!java.net.URL [\"http://x\"]}\n", "tags are not read"),
                Arguments.of("tenancy: !!set {enabled}\n", "tags are not read"),
                Arguments.of("tenancy: {enabled: !!bool true}\n", "tags are not read"),
                Arguments.of("!x tenancy: {}\n", "tags are not read"),
                Arguments.of("%TAG !e! tag:x,2026:\n---\ntenancy: !e!x {}\n", "tags are not read"),
                Arguments.of("tenancy: " + "[".repeat(100_000), "nested more than 20 deep"),
                Arguments.of("tenancy: " + "{a: ".repeat(100_000), "nested more than 20 deep"),
                Arguments.of("tenancy:\n" + nestedLines(30), "nested more than 20 deep"),
                Arguments.of("tenancy: {}\n# " + "x".repeat(1 << 20), "larger than"),
                Arguments.of("tenancy: &a {resolution: *a}\n", "Unknown key 'tenancy.resolution.resolution'"),
                Arguments.of("tenancy: &a {\"\": *a}\n", "Unknown key"),
                Arguments.of("tenancy: {isolation: &a {tables: *a}}\n", "Unknown key"),
                Arguments.of("tenancy: {isolation: {exclude: &a [*a]}}\n", "isolation.exclude must be"),
                Arguments.of(laughs(9), "not one valid YAML document of bounded size"),
                Arguments.of(doubling(25), "must be a list"),
                Arguments.of("tenancy: {enabled: true, <<: {web: {filter_order: 1}}}\n", "Unknown key 'tenancy.<<'"));
    }

    @ParameterizedTest
    @MethodSource("hostile_files")
    void a_broken_or_hostile_file_is_refused_and_nothing_of_it_is_used(String yaml, String why) {
        assertThatThrownBy(() -> load(yaml))
                .isInstanceOfSatisfying(
                        TenancyConfigurationException.class,
                        refused -> assertThat(refused.code()).isEqualTo("LEX_ERR_TENANT_022"))
                .hasMessageContaining(why)
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(5000));
    }

    @Test
    void control_a_reader_without_bounds_takes_all_of_it_and_overflows_on_depth() {
        var lax = new Load(LoadSettings.builder()
                .setAllowDuplicateKeys(true)
                .setMaxAliasesForCollections(Integer.MAX_VALUE)
                .setCodePointLimit(Integer.MAX_VALUE)
                .build());

        assertThat(lax.loadFromString("tenancy: {enabled: true, enabled: false}\n"))
                .isEqualTo(Map.of("tenancy", Map.of("enabled", false)));
        assertThat(lax.loadFromString(laughs(9))).isInstanceOf(Map.class);
        assertThat(lax.loadFromString("tenancy: !!set {enabled}\n")).isInstanceOf(Map.class);
        assertThatThrownBy(() -> lax.loadFromString("[".repeat(500_000) + "]".repeat(500_000)))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void a_broken_file_is_told_by_its_place_and_never_by_its_text() {
        assertThatThrownBy(() -> load("tenancy:\n  control_plane:\n    password: *hunter2\n"))
                .hasMessageContaining("line 3")
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hunter2"));
        assertThatThrownBy(() -> load("tenancy:\n  control_plane:\n    password: \"hunter2\n"))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("hunter2"))
                .hasNoCause();
    }

    @Test
    void a_file_that_is_missing_or_not_utf_8_is_named() throws IOException {
        var missing = folder.resolve("missing.yaml");
        assertThatThrownBy(() -> TenancyConfig.load(missing, Map.of()))
                .isInstanceOf(TenancyConfigurationException.class)
                .hasMessageContaining("missing.yaml cannot be read (NoSuchFileException)");

        var latin1 = folder.resolve("latin1.yaml");
        Files.write(latin1, "tenancy: {membership: {claim: caf\u00e9}}\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> TenancyConfig.load(latin1, Map.of())).hasMessageContaining("is not UTF-8");
    }

    @Test
    void random_damage_gives_a_configuration_or_an_error_of_configuration_and_nothing_else() throws IOException {
        var valid = "tenancy: {enabled: true, resolution: {resolvers: [header], issuers: {\"i\": [a]}}, web: &a {}}\n";
        for (long seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var damaged = new StringBuilder(valid);
            for (int i = random.nextInt(6); i >= 0; i--) {
                damaged.setCharAt(random.nextInt(damaged.length()), DAMAGE.charAt(random.nextInt(DAMAGE.length())));
            }
            try {
                assertThat(load(damaged.toString())).isNotNull();
            } catch (TenancyConfigurationException refused) {
                assertThat(refused.problems()).isNotEmpty();
            } catch (RuntimeException | Error unexpected) {
                throw new AssertionError("seed " + seed, unexpected);
            }
        }
    }

    private TenancyConfig load(String yaml) throws IOException {
        return TenancyConfig.load(write(yaml), Map.of());
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("tenancy.yaml"), yaml);
    }

    private static String nestedLines(int depth) {
        var lines = new StringBuilder();
        for (int i = 1; i <= depth; i++) {
            lines.append(" ".repeat(i)).append("a:\n");
        }
        return lines.toString();
    }

    /** A billion laughs: lists of aliases of lists. */
    private static String laughs(int levels) {
        var yaml = new StringBuilder("l0: &l0 [lol]\n");
        for (int level = 1; level <= levels; level++) {
            var alias = "*l" + (level - 1);
            yaml.append("l" + level + ": &l" + level + " [" + (alias + ", ").repeat(8) + alias + "]\n");
        }
        return yaml + "tenancy: {isolation: {exclude: *l" + levels + "}}\n";
    }

    /** Fewer aliases than the bound, and yet two to the power of the levels when unfolded. */
    private static String doubling(int levels) {
        var yaml = new StringBuilder("l0: &l0 [lol]\n");
        for (int level = 1; level < levels; level++) {
            yaml.append("l" + level + ": &l" + level + " [*l" + (level - 1) + ", *l" + (level - 1) + "]\n");
        }
        return yaml + "tenancy: {isolation: {exclude: *l" + (levels - 1) + "}}\n";
    }
}
