package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.isolation.KeyVariant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantId;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The arguments of {@link AdoptCommand}, taken apart. */
final class AdoptOptions {

    private static final Set<String> MANY = Set.of("--tenant", "--shared", "--system");
    private static final Set<String> ONE = Set.of(
            "--url",
            "--user",
            "--first-tenant",
            "--keys",
            "--setting",
            "--owner-role",
            "--app-role",
            "--admin-role",
            "--out",
            "--indexes-out",
            "--observe-out");
    private static final Map<String, KeyVariant> KEYS =
            Map.of("surrogate", KeyVariant.SURROGATE, "tenant_first", KeyVariant.TENANT_FIRST);

    private final Map<String, List<String>> values = new HashMap<>();
    private final boolean force;

    private AdoptOptions(boolean force) {
        this.force = force;
    }

    /** @throws IllegalArgumentException if an argument is not understood; the message says which */
    static AdoptOptions parse(List<String> arguments) {
        var options = new AdoptOptions(arguments.contains("--force"));
        var rest = new ArrayList<>(arguments);
        rest.removeIf("--force"::equals);
        for (var at = 0; at < rest.size(); at += 2) {
            var name = rest.get(at);
            if (name.startsWith("--password")) {
                throw new IllegalArgumentException("A password is no argument, which others can see: set PGPASSWORD");
            }
            if (!MANY.contains(name) && !ONE.contains(name)) {
                throw new IllegalArgumentException("Unknown argument " + name.replaceAll("\\p{C}", "?"));
            }
            if (at + 1 == rest.size() || rest.get(at + 1).startsWith("--")) {
                throw new IllegalArgumentException(name + " needs a value");
            }
            options.put(name, rest.get(at + 1));
        }
        options.required("--url");
        options.required("--first-tenant");
        if (options.out().isEmpty() && options.indexesOut().isPresent()) {
            throw new IllegalArgumentException("--indexes-out needs --out: the indexes come after the migration");
        }
        return options;
    }

    String url() {
        return required("--url");
    }

    Optional<String> user() {
        return one("--user");
    }

    Optional<Path> out() {
        return path("--out");
    }

    Optional<Path> indexesOut() {
        return path("--indexes-out");
    }

    Optional<Path> observeOut() {
        return path("--observe-out");
    }

    boolean isForced() {
        return force;
    }

    /** @throws IllegalArgumentException if a value is not what it must be */
    SchemaAdoption adoption(DataSource database) {
        var adoption = SchemaAdoption.of(database)
                .withFirstTenant(firstTenant())
                .withTenantTables(tables("--tenant"))
                .withSharedTables(tables("--shared"))
                .withSystemTables(tables("--system"))
                .withKeys(one("--keys").map(AdoptOptions::keys).orElse(KeyVariant.SURROGATE));
        adoption = with(adoption, "--setting", chosen -> chosen::withSettingName);
        adoption = with(adoption, "--owner-role", chosen -> chosen::withOwnerRole);
        adoption = with(adoption, "--app-role", chosen -> chosen::withAppRole);
        return with(adoption, "--admin-role", chosen -> chosen::withAdminRole);
    }

    private SchemaAdoption with(
            SchemaAdoption adoption, String name, Function<SchemaAdoption, Function<String, SchemaAdoption>> wither) {
        return one(name).map(wither.apply(adoption)).orElse(adoption);
    }

    private TenantId firstTenant() {
        try {
            return TenantId.of(required("--first-tenant"));
        } catch (TenantException failure) {
            throw new IllegalArgumentException("--first-tenant: " + failure.getMessage(), failure);
        }
    }

    private static KeyVariant keys(String text) {
        return Optional.ofNullable(KEYS.get(text))
                .orElseThrow(() -> new IllegalArgumentException("--keys must be surrogate or tenant_first"));
    }

    private String[] tables(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(String::strip)
                .toArray(String[]::new);
    }

    private Optional<Path> path(String name) {
        try {
            return one(name).map(Path::of);
        } catch (InvalidPathException failure) {
            throw new IllegalArgumentException(name + " is no path", failure);
        }
    }

    private Optional<String> one(String name) {
        return values.getOrDefault(name, List.of()).stream().findFirst();
    }

    private String required(String name) {
        return one(name).orElseThrow(() -> new IllegalArgumentException(name + " is missing"));
    }

    private void put(String name, String value) {
        var known = values.computeIfAbsent(name, any -> new ArrayList<>());
        if (ONE.contains(name) && !known.isEmpty()) {
            throw new IllegalArgumentException(name + " is there twice");
        }
        known.add(value);
    }
}
