package dev.lexigram.tenancy.resolution;

import static dev.lexigram.tenancy.resolution.Calls.withPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Random paths of suspicious parts: a tenant that is read is the one that every other reader sees, too. */
class PathFuzzTest {

    private static final int PATHS = 100_000;
    private static final String[] PARTS = {
        "/",
        "/",
        "/",
        "/",
        "tenants",
        "tenants",
        "tenants/",
        "a",
        "b",
        ".",
        "..",
        "%2e",
        "%2F",
        "%5c",
        "%61",
        "%25",
        ";",
        ";v=1",
        "\\",
        "%74enants",
        "x",
        "//",
        "%3b"
    };

    @Test
    void RS_12_a_path_that_names_a_tenant_names_the_same_one_to_every_reader() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        var resolver = new PathTenantResolver();
        var named = 0;
        for (var number = 0; number < PATHS; number++) {
            var path = randomPath(random);
            if (resolver.resolve(withPath(path)) instanceof Resolution.Resolved resolved) {
                named++;
                var seen = List.of(path.split("/")[2], decodedAndNormalised(path));
                if (!seen.equals(List.of(resolved.reference(), resolved.reference()))) {
                    assertThat(seen).as("seed %d, %s", seed, path).containsOnly(resolved.reference());
                }
            }
        }

        assertThat(named).isGreaterThan(100);
    }

    @Test
    void RS_12_control_the_same_paths_find_a_resolver_that_only_splits() {
        var random = new Random(42);
        var differing = 0;
        for (var number = 0; number < 20_000; number++) {
            var path = randomPath(random);
            var parts = path.split("/");
            if (path.startsWith("/tenants/") && parts.length > 2 && !parts[2].equals(decodedAndNormalised(path))) {
                differing++;
            }
        }

        assertThat(differing).isPositive();
    }

    private static String randomPath(Random random) {
        var path = new StringBuilder(random.nextInt(4) == 0 ? "" : random.nextBoolean() ? "/tenants/" : "/");
        for (var part = random.nextInt(8); part >= 0; part--) {
            path.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return path.toString();
    }

    /** The second segment as a container reads it: without parameters, decoded, normalised. */
    private static String decodedAndNormalised(String path) {
        try {
            var decoded =
                    URI.create(path.replaceAll(";[^/]*", "").replace("\\", "/")).getPath();
            var segments = URI.create(decoded.replace("\\", "/").replace("%", "%25"))
                    .normalize()
                    .getPath()
                    .split("/");
            return segments.length > 2 ? segments[2] : "";
        } catch (IllegalArgumentException | NullPointerException unreadable) {
            return "";
        }
    }
}
