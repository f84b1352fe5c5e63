package dev.lexigram.tenancy.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathPrefixesTest {

    private final PathPrefixes prefixes = new PathPrefixes("resolution.public_paths", List.of("/shop", "/a/b/"));

    @ParameterizedTest
    @ValueSource(strings = {"/shop", "/shop/", "/shop/cart", "/shop/a.b~c_d-e", "/a/b", "/a/b/c/"})
    void covers_what_begins_with_a_prefix(String path) {
        assertThat(prefixes.cover(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/shopping", "/Shop", "shop", "/x/shop", "/a", "/a/bc", "*"})
    void does_not_cover_what_only_looks_like_it(String path) {
        assertThat(prefixes.cover(path)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/shop/../admin",
                "/shop/..",
                "/shop/./x",
                "/shop/.",
                "/shop//x",
                "//shop",
                "/shop/%2e%2e/admin",
                "/shop/%2E./admin",
                "/shop%2fx",
                "/%73hop",
                "/shop/..;/admin",
                "/shop;x=y",
                "/shop\\..\\admin",
                "/shop/x\u0000",
                "/shop/\u00e9",
                "/shop/a b",
                "/shop/a\r\nb"
            })
    void does_not_cover_what_a_server_may_read_in_another_way(String path) {
        assertThat(prefixes.cover(path)).isFalse();
        // Control: the text does look covered, or becomes so once decoded.
        assertThat(path.replace("%73", "s").replace("//", "/")).startsWith("/shop");
    }

    @Test
    void nothing_covers_nothing() {
        assertThat(new PathPrefixes("resolution.public_paths", List.of()).cover("/"))
                .isFalse();
    }

    @Test
    void the_root_covers_everything_plain() {
        assertThat(new PathPrefixes("resolution.public_paths", List.of("/")).cover("/any/thing"))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "", "/shop/**", "/shop/%20", "/shop/../x", "//", "/a;b"})
    void refuses_a_prefix_that_could_never_cover_a_path(String prefix) {
        assertThatThrownBy(() -> new PathPrefixes("resolution.public_paths", List.of(prefix)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("resolution.public_paths");
    }
}
