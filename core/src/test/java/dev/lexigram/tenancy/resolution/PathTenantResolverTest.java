package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.resolved;
import static dev.lexigram.tenancy.resolution.Calls.withPath;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lexigram.tenancy.tenant.TenancyConfigurationException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTenantResolverTest {

    private static final Resolution ABSENT = Resolution.absent();
    private static final Resolution REJECTED = Resolution.rejected("path");

    private final PathTenantResolver resolver = new PathTenantResolver();
    private final PathTenantResolver anything = new PathTenantResolver("/{tenant_id}/");

    @Test
    void it_is_asked_as_path_with_priority_40() {
        assertThat(resolver.name()).isEqualTo("path");
        assertThat(resolver.priority()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({
        "/tenants/acme, acme",
        "/tenants/acme/, acme",
        "/tenants/Acme/orders/1, Acme",
        "/tenants/tenants/acme, tenants",
        "/tenants/acme/tenants/globex, acme"
    })
    void the_segment_at_the_pattern_names_a_tenant(String path, String reference) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(resolved(reference));
        assertThat(new PathTenantResolver("/tenants/{tenant_id}").resolve(withPath(path)))
                .isEqualTo(resolved(reference));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "",
                "*",
                "/tenants",
                "/tenants/",
                "/x/tenants/acme/",
                "/Tenants/acme",
                "/tenantsacme",
                "/tenant/acme",
                "/tenants-x/acme",
                "http://app.com/tenants/acme",
                "/health",
                "/.well-known/x"
            })
    void any_other_path_says_nothing(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(ABSENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//x/acme",
                "/files//a",
                "/a/../b",
                "/a%2fb",
                "/a%2Eb",
                "/a;v=1/b",
                "/x\\y",
                "/./x",
                "/%zz",
                "/%",
                "/tenants/../x",
                "/x/..;/y",
                "/%2574enants/acme"
            })
    void an_odd_path_that_leads_elsewhere_says_nothing(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(ABSENT);
    }

    @Test
    void RS_11_a_tenant_segment_must_be_its_own_encoding() {
        for (var path : new String[] {
            "/tenants/%61/x",
            "/tenants/%2561/x",
            "/tenants/b%2f..%2fa/x",
            "/tenants/a%00/x",
            "/tenants/%20/x",
            "/tenants/%zz/x"
        }) {
            assertThat(resolver.resolve(withPath(path))).as(path).isEqualTo(REJECTED);
        }

        // Control: whoever decodes, once or twice, finds a tenant there; so does the router behind.
        assertThat(URLDecoder.decode("%61", StandardCharsets.UTF_8)).isEqualTo("a");
        assertThat(URI.create("/tenants/%61/x").getPath()).isEqualTo("/tenants/a/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/%74enants/acme",
                "tenants/acme",
                "%2ftenants/acme",
                "/tenant%73/acme/x",
                "/%74enants%2facme",
                "/tenants%2facme/x",
                "/tenants%2Facme",
                "/x%2f..%2ftenants/acme",
                "/tenants%5cacme/x"
            })
    void RS_11_a_pattern_in_disguise_is_rejected(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//tenants/b",
                "/tenants//b",
                "/tenants///b",
                "/tenants/a/../b/x",
                "/tenants/./b",
                "/./tenants/b",
                "/x/../tenants/b",
                "/tenants/b//x",
                "/tenants/b/.",
                "/tenants/b/x/..",
                "/tenants/b/./x",
                "/tenants\\b",
                "\\tenants\\b",
                "/tenants/b\\x",
                "/tenants/b/%2e%2e/x",
                "/tenants/b/%2E/x",
                "/tenants/b/x%2fy",
                "/tenants/b/x%5Cy",
                "/tenants/b/a%2etxt",
                "/tenants//",
                "/tenants/..//tenants/b"
            })
    void RS_12_slashes_dots_and_backslashes_are_rejected_not_normalised(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(REJECTED);
    }

    @Test
    void RS_12_control_one_path_names_two_tenants_to_two_readers() {
        var path = "/tenants/a/../b/x";

        assertThat(path.split("/")[2]).isEqualTo("a");
        assertThat(URI.create(path).normalize().getPath().split("/")[2]).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tenants/a;tenant=b/x",
                "/tenants/a;/x",
                "/tenants/;a/x",
                "/tenants;v=1/a/x",
                "/;x/tenants/a",
                "/x/..;/tenants/a",
                "/tenants/a/..;/b",
                "/tenants/a%3bb/x",
                "/tenants/a/.;x/b"
            })
    void RS_13_parameters_up_to_the_tenant_are_rejected(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(REJECTED);
    }

    @Test
    void RS_13_control_containers_cut_parameters_off_and_then_see_another_path() {
        var segment = "a;tenant=b";

        assertThat(segment.substring(0, segment.indexOf(';'))).isEqualTo("a");
        assertThat(segment.substring(segment.indexOf('=') + 1)).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tenants/acme/x;v=1",
                "/tenants/acme/a%20b",
                "/tenants/acme/.hidden",
                "/tenants/acme/...",
                "/tenants/acme/%"
            })
    void behind_the_tenant_parameters_encoded_text_and_leading_dots_are_fine(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(resolved("acme"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tenants/-acme",
                "/tenants/_a/x",
                "/tenants/a.b/x",
                "/tenants/a,b",
                "/tenants/\u0430cme",
                "/tenants/a b"
            })
    void a_segment_that_is_no_reference_is_rejected(String path) {
        assertThat(resolver.resolve(withPath(path))).isEqualTo(Resolution.rejected("malformed"));
    }

    @Test
    void what_follows_the_tenant_in_the_pattern_must_follow_in_the_path() {
        var versioned = new PathTenantResolver("/api/{tenant_id}/v1/");

        assertThat(versioned.resolve(withPath("/api/acme/v1"))).isEqualTo(resolved("acme"));
        assertThat(versioned.resolve(withPath("/api/acme/v1/orders"))).isEqualTo(resolved("acme"));
        assertThat(versioned.resolve(withPath("/api/acme/v10"))).isEqualTo(ABSENT);
        assertThat(versioned.resolve(withPath("/api/acme/v2"))).isEqualTo(ABSENT);
        assertThat(versioned.resolve(withPath("/api/acme"))).isEqualTo(ABSENT);
    }

    @Test
    void a_pattern_without_a_prefix_reads_the_first_segment_of_every_path() {
        assertThat(anything.resolve(withPath("/acme"))).isEqualTo(resolved("acme"));
        assertThat(anything.resolve(withPath("/"))).isEqualTo(ABSENT);
        assertThat(anything.resolve(withPath("//acme"))).isEqualTo(REJECTED);
        assertThat(anything.resolve(withPath("/x/../acme"))).isEqualTo(REJECTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "tenants/{tenant_id}/",
                "/tenants/",
                "/tenants/{id}/",
                "/{tenant_id}/{tenant_id}",
                "/t-{tenant_id}/",
                "/{tenant_id}x/",
                "//{tenant_id}",
                "/a/../{tenant_id}",
                "/%61/{tenant_id}",
                "/a;b/{tenant_id}",
                "/*/{tenant_id}",
                "/a b/{tenant_id}",
                "/{tenant_id}//x",
                "/\u00e9/{tenant_id}",
                "/{tenant_id}/{other}"
            })
    void a_pattern_that_is_none_is_refused(String pattern) {
        assertThatExceptionOfType(TenancyConfigurationException.class)
                .isThrownBy(() -> new PathTenantResolver(pattern))
                .withMessageContaining("resolution.path_pattern")
                .withMessageContaining("/tenants/{tenant_id}/");
    }

    @Test
    void a_longer_path_than_8192_characters_is_rejected_where_it_could_name_a_tenant() {
        assertThat(resolver.resolve(withPath("/tenants/acme/" + "a".repeat(8_178))))
                .isEqualTo(resolved("acme"));
        assertThat(resolver.resolve(withPath("/tenants/acme/" + "a".repeat(8_179))))
                .isEqualTo(REJECTED);
        assertThat(resolver.resolve(withPath("/" + "./".repeat(5_000) + "tenants/acme")))
                .isEqualTo(REJECTED);
        assertThat(resolver.resolve(withPath("/files/" + "a".repeat(10_000)))).isEqualTo(ABSENT);
    }
}
