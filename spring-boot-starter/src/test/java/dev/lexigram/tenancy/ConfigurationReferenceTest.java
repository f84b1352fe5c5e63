package dev.lexigram.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * What editors and people are told of the configuration is what the library accepts: no key more, none less. Written by
 * {@code -Dconfiguration.write=true}.
 */
class ConfigurationReferenceTest {

    private static final boolean WRITES = Boolean.getBoolean("configuration.write");
    private static final Path METADATA =
            Path.of("src", "main", "resources", "META-INF", "spring-configuration-metadata.json");
    private static final Path DOCUMENT = Path.of("..", "docs", "configuration.md");
    private static final String BEGIN = "<!-- keys: written by ConfigurationReferenceTest -->\n";
    private static final String END = "<!-- end of the keys -->\n";
    private static final String REWRITE = "rewrite it by: mvn -pl spring-boot-starter -am test"
            + " -Dtest=ConfigurationReferenceTest -Dsurefire.failIfNoSpecifiedTests=false -Dconfiguration.write=true";

    @Test
    void metadata_for_editors_knows_exactly_the_keys_that_are_accepted() throws IOException {
        if (WRITES) {
            Files.writeString(METADATA, metadata());
        }
        var written = Files.readString(METADATA);

        assertThat(names(written))
                .containsExactlyInAnyOrderElementsOf(ConfigurationKey.all().stream()
                        .map(ConfigurationKey::property)
                        .toList());
        assertThat(written).as("%s; %s", METADATA, REWRITE).isEqualTo(metadata());
    }

    @Test
    void the_reference_for_people_is_the_same() throws IOException {
        var document = Files.readString(DOCUMENT);
        var begin = document.indexOf(BEGIN) + BEGIN.length();
        var end = document.indexOf(END);
        if (WRITES) {
            Files.writeString(DOCUMENT, document.substring(0, begin) + tables() + document.substring(end));
        } else {
            assertThat(document.substring(begin, end))
                    .as("docs/configuration.md; %s", REWRITE)
                    .isEqualTo(tables());
        }
    }

    @Test
    void every_key_says_what_it_means_in_one_sentence() {
        assertThat(ConfigurationKey.all()).hasSizeGreaterThan(30).allSatisfy(key -> {
            assertThat(key.meaning()).as(key.path()).endsWith(".").doesNotContain("\n");
            assertThat(key.rule()).as(key.path()).isNotBlank();
        });
    }

    private static List<String> names(String metadata) {
        var names = JsonMapper.shared().readTree(metadata).get("properties").findValuesAsString("name");
        assertThat(names).doesNotHaveDuplicates();
        return names;
    }

    private static String metadata() {
        var root = new LinkedHashMap<String, Object>();
        root.put("groups", List.of(Map.of("name", "tenancy")));
        root.put(
                "properties",
                ConfigurationKey.all().stream()
                        .map(ConfigurationReferenceTest::property)
                        .toList());
        root.put(
                "hints",
                ConfigurationKey.all().stream()
                        .filter(key -> !key.choices().isEmpty())
                        .map(ConfigurationReferenceTest::hint)
                        .toList());
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static Map<String, Object> property(ConfigurationKey key) {
        var property = new LinkedHashMap<String, Object>();
        property.put("name", key.property());
        property.put("type", key.type());
        property.put("description", key.meaning());
        if (!key.standard().isEmpty()) {
            property.put("defaultValue", value(key));
        }
        return property;
    }

    private static Object value(ConfigurationKey key) {
        return switch (key.type()) {
            case "java.lang.Boolean" -> Boolean.valueOf(key.standard());
            case "java.lang.Integer" -> Integer.valueOf(key.standard());
            case "java.util.List<java.lang.String>" -> List.of(key.standard().split(","));
            default -> key.standard();
        };
    }

    private static Map<String, Object> hint(ConfigurationKey key) {
        var hint = new LinkedHashMap<String, Object>();
        hint.put("name", key.property());
        hint.put(
                "values",
                key.choices().stream().map(choice -> Map.of("value", choice)).toList());
        return hint;
    }

    private static String tables() {
        return ConfigurationKey.all().stream()
                .collect(Collectors.groupingBy(ConfigurationKey::section, LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(section -> table(section.getKey(), section.getValue()))
                .collect(Collectors.joining());
    }

    private static String table(String section, List<ConfigurationKey> keys) {
        var table = new StringBuilder("\n## ")
                .append(section.isEmpty() ? "The library" : "Section `" + section + "`")
                .append("\n\n| key | default | meaning | value | variable |\n|---|---|---|---|---|\n");
        keys.forEach(key -> table.append("| `tenancy.")
                .append(key.path())
                .append("` | ")
                .append(key.standard().isEmpty() ? "none" : "`" + key.standard() + "`")
                .append(" | ")
                .append(key.meaning())
                .append(" | ")
                .append(key.rule().replace("|", "\\|"))
                .append(" | `")
                .append(key.variable())
                .append("` |\n"));
        return table.toString();
    }
}
