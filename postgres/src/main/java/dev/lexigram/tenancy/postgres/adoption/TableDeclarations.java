package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.List;

/** Writes {@code isolation.tables} of the application's YAML. */
final class TableDeclarations {

    private static final String PLAIN = "[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?";

    private TableDeclarations() {}

    static String of(Classification tables, Choices choices) {
        var yaml = new StringBuilder("tenancy:\n  isolation:\n");
        if (!choices.settingName().equals(Choices.DEFAULTS.settingName())) {
            yaml.append("    setting_name: ").append(choices.settingName()).append('\n');
        }
        yaml.append("    tables:\n");
        append(yaml, "tenant", tables.names(TableClass.TENANT));
        append(yaml, "shared", tables.names(TableClass.SHARED));
        append(yaml, "system", tables.unknownSystem());
        return yaml.toString();
    }

    private static void append(StringBuilder yaml, String key, List<TableName> names) {
        if (!names.isEmpty()) {
            yaml.append("      ").append(key).append(":\n");
            names.forEach(name -> yaml.append("        - ").append(text(name)).append('\n'));
        }
    }

    // Single quotes hold everything in YAML but what does not print, which stands escaped between double quotes.
    private static String text(TableName name) {
        var text =
                name.schema().equals(TableName.DEFAULT_SCHEMA) && name.table().indexOf('.') < 0
                        ? name.table()
                        : name.schema() + "." + name.table();
        if (text.matches(PLAIN) && !text.matches("(?i)null|true|false|yes|no|on|off|y|n")) {
            return text;
        }
        if (text.chars().noneMatch(Character::isISOControl)) {
            return "'" + text.replace("'", "''") + "'";
        }
        var escaped = new StringBuilder("\"");
        text.chars()
                .forEach(unit -> escaped.append(
                        unit < 0x7f && unit >= ' ' && unit != '"' && unit != '\\'
                                ? String.valueOf((char) unit)
                                : "\\u%04x".formatted(unit)));
        return escaped.append('"').toString();
    }
}
