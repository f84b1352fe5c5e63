package dev.lexigram.tenancy.postgres.policy;

/** Text made safe to stand in SQL that cannot carry bind values. */
public final class Quoted {

    private Quoted() {}

    /** The text as one identifier, in exactly this case. */
    public static String identifier(String name) {
        return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
    }

    /** The text as one string literal, whatever {@code standard_conforming_strings} is. */
    public static String literal(String text) {
        var quoted = "'" + withoutNul(text).replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** The text between dollar quotes that it does not contain. */
    public static String block(String body) {
        var tag = "$tenancy$";
        for (var number = 1; body.contains(tag); number++) {
            tag = "$tenancy" + number + "$";
        }
        return tag + "\n" + withoutNul(body).strip() + "\n" + tag;
    }

    private static String withoutNul(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("PostgreSQL has no text with a NUL character");
        }
        return text;
    }
}
