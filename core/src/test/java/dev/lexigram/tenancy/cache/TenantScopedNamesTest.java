package dev.lexigram.tenancy.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.tenant.InvalidTenantException;
import dev.lexigram.tenancy.tenant.Slug;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantRequiredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantScopedNamesTest {

    private static final TenantId ACME = TenantId.of("acme");
    private static final TenantScopedNames NAMES = TenantScopedNames.of(ACME);
    private static final int PAIRS = 200_000;
    private static final Path ROOT = Path.of("/srv/files");

    @Test
    void H_4_each_kind_has_its_form() {
        assertThat(NAMES.name("orders")).isEqualTo("orders_t_acme");
        assertThat(TenantScopedNames.of(TenantId.of("Acme-1")).name("orders")).isEqualTo("orders_t_Acme-1");
        assertThat(TenantScopedNames.of(TenantId.of("Acme-1")).index("orders")).isEqualTo("orders_t_acme-1");
        assertThat(NAMES.bucket("orders")).isEqualTo("orders-t-acme");
        assertThat(NAMES.file(ROOT, "2026/a.pdf")).isEqualTo(Path.of("/srv/files/acme/2026/a.pdf"));
        assertThat(NAMES.secret("smtp/password%")).isEqualTo("acme/smtp%2Fpassword%25");
    }

    @Test
    void H_4_the_current_tenant_has_its_own_and_nobody_has_none() {
        TenantContext.runAs(
                Tenant.active(ACME, Slug.of("acme"), "Acme", Instant.EPOCH),
                () -> assertThat(TenantScopedNames.current().name("orders")).isEqualTo("orders_t_acme"));
        assertThatThrownBy(TenantScopedNames::current).isInstanceOf(TenantRequiredException.class);
    }

    @Test
    void a_bucket_whose_name_would_be_too_long_or_not_allowed_has_a_digest_instead() {
        var long56 = TenantScopedNames.of(TenantId.of("t".repeat(56)));
        var underscored = TenantScopedNames.of(TenantId.of("a_b"));

        for (var bucket : new String[] {
            long56.bucket("x".repeat(28)),
            underscored.bucket("orders"),
            TenantScopedNames.of(TenantId.of("acme-")).bucket("orders"),
            TenantScopedNames.of(TenantId.of("acme-s3alias")).bucket("orders"),
            TenantScopedNames.of(TenantId.of("acme--x-s3")).bucket("orders")
        }) {
            assertThat(bucket).matches("[a-z0-9-]+-h-[0-9a-f]{32}").hasSizeBetween(3, 63);
        }
        assertThat(underscored.bucket("orders"))
                .isNotEqualTo(TenantScopedNames.of(TenantId.of("a_c")).bucket("orders"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "Orders", "a_t_b", "a_t", "a b", "a/b", "..", "-a", "a-", "_a", "a_", "é", "a\n", "a\u0000"})
    void what_could_be_taken_for_another_name_is_refused(String logical) {
        assertThatThrownBy(() -> NAMES.name(logical)).isInstanceOf(InvalidTenantException.class);
        assertThatThrownBy(() -> NAMES.index(logical)).isInstanceOf(InvalidTenantException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a-t-b",
                "a-t",
                "a-h-b",
                "a-h",
                "a_b",
                "Orders",
                "a.b",
                "xn--a",
                "sthree",
                "amzn-s3-demo",
                "xxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
            })
    void what_no_bucket_can_be_called_is_refused(String logical) {
        assertThatThrownBy(() -> NAMES.bucket(logical)).isInstanceOf(InvalidTenantException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../globex/a.pdf",
                "a/../../globex/a",
                "..",
                ".",
                "",
                "/etc/passwd",
                "..\\globex",
                "a\u0000.pdf",
                "\ud800",
                "../acme2"
            })
    void ID_12_a_path_that_leads_out_of_the_tenants_folder_is_refused(String path) {
        assertThatThrownBy(() -> NAMES.file(ROOT, path)).isInstanceOf(InvalidTenantException.class);
    }

    @Test
    void ID_12_what_is_only_written_like_a_way_out_is_a_name() {
        assertThat(NAMES.file(ROOT, "..%2fglobex")).isEqualTo(Path.of("/srv/files/acme/..%2fglobex"));
    }

    @Test
    void ID_12_a_link_that_leads_out_of_the_tenants_folder_is_refused(@TempDir Path root) throws IOException {
        var folder = Files.createDirectories(root.resolve("acme/inside")).getParent();
        var foreign = Files.createDirectories(root.resolve("globex"));
        Files.writeString(foreign.resolve("a.pdf"), "of globex");
        Files.createSymbolicLink(folder.resolve("out"), foreign);
        Files.createSymbolicLink(folder.resolve("nowhere"), root.resolve("initech"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("inside"));

        assertThat(folder.resolve("out/a.pdf")).as("control: unchecked").hasContent("of globex");
        for (var path : new String[] {"out", "out/a.pdf", "out/new/b.pdf", "nowhere", "nowhere/b.pdf"}) {
            assertThatThrownBy(() -> NAMES.file(root, path)).as(path).isInstanceOf(InvalidTenantException.class);
        }
        assertThat(NAMES.file(root, "link/b.pdf")).isEqualTo(folder.resolve("link/b.pdf"));
        assertThat(NAMES.file(root, "new/b.pdf")).isEqualTo(folder.resolve("new/b.pdf"));
    }

    @Test
    void ID_12_where_the_root_is_reached_by_a_link_its_files_are_within_it(@TempDir Path volume) throws IOException {
        Files.createDirectories(volume.resolve("real/acme/inside"));
        var root = Files.createSymbolicLink(volume.resolve("files"), volume.resolve("real"));

        assertThat(NAMES.file(root, "inside/a.pdf")).isEqualTo(root.resolve("acme/inside/a.pdf"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".."})
    void ID_12_a_key_that_leads_elsewhere_in_a_url_is_refused(String key) {
        assertThatThrownBy(() -> NAMES.secret(key)).isInstanceOf(InvalidTenantException.class);
    }

    @Test
    void ID_12_control_an_unchecked_path_leads_to_another_tenant() {
        assertThat(ROOT.resolve("acme").resolve("../globex/a.pdf").normalize())
                .isEqualTo(TenantScopedNames.of(TenantId.of("globex")).file(ROOT, "a.pdf"));
    }

    @Test
    void H_4_no_two_pairs_have_the_same_name() {
        assertInjective(TenantScopedNames::name);
        assertInjective(TenantScopedNames::index);
        assertInjective(TenantScopedNames::bucket);
        assertInjective(TenantScopedNames::secret);
        assertInjective((names, logical) -> names.file(ROOT, logical).toString());
    }

    @Test
    void H_4_control_the_search_finds_a_form_that_can_be_read_in_two_ways() {
        assertThatThrownBy(() -> assertInjective((names, logical) -> {
                    var tenant = names.secret("x").replace("/x", "");
                    return logical + "_t_" + tenant;
                }))
                .isInstanceOf(AssertionError.class);
    }

    private static void assertInjective(BiFunction<TenantScopedNames, String, String> form) {
        var random = new Random(20_261_125);
        Map<String, String> known = new HashMap<>();
        for (var time = 0; time < PAIRS; time++) {
            var tenant = id(random);
            var logical = text(random, "at_-h", 5);
            var pair = tenant.toLowerCase(Locale.ROOT) + " " + logical;
            try {
                var name = form.apply(TenantScopedNames.of(TenantId.of(tenant)), logical);
                var earlier = known.putIfAbsent(name, pair);
                assertThat(earlier == null || earlier.equals(pair))
                        .as("%s is of %s and of %s", name, earlier, pair)
                        .isTrue();
            } catch (InvalidTenantException refused) {
                // has no name at all
            }
        }
        assertThat(known).hasSizeGreaterThan(PAIRS / 100);
    }

    private static String id(Random random) {
        return "a" + text(random, "atT_-h", 6);
    }

    private static String text(Random random, String letters, int most) {
        var text = new StringBuilder();
        for (var length = random.nextInt(most + 1); length > 0; length--) {
            text.append(letters.charAt(random.nextInt(letters.length())));
        }
        return text.toString();
    }
}
