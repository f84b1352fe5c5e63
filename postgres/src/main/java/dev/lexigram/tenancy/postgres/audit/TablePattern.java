package dev.lexigram.tenancy.postgres.audit;

import dev.lexigram.tenancy.postgres.policy.TableName;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A declaration of tables: {@code invoice} (in schema {@code public}), {@code billing.invoice}, or with {@code *} for any
 * run of characters within one part, as in {@code billing.*}, {@code ref_*} and {@code *.shedlock}. The case counts.
 */
public final class TablePattern {

    private final String text;
    private final Pattern schema;
    private final Pattern table;

    private TablePattern(String text, String schema, String table) {
        this.text = text;
        this.schema = glob(schema);
        this.table = glob(table);
    }

    /**
     * The pattern that this text writes.
     *
     * @throws IllegalArgumentException if a part is empty
     */
    public static TablePattern of(String text) {
        var name = TableName.of(text);
        return new TablePattern(text, name.schema(), name.table());
    }

    /** Whether it declares this table. */
    public boolean matches(TableName name) {
        return schema.matcher(name.schema()).matches()
                && table.matcher(name.table()).matches();
    }

    /** Whether it names one table, which then must exist. */
    boolean isExact() {
        return text.indexOf('*') < 0;
    }

    @Override
    public String toString() {
        return text;
    }

    private static Pattern glob(String part) {
        var expression =
                Arrays.stream(part.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL);
    }
}
