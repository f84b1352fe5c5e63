package dev.lexigram.tenancy.postgres.adoption;

import dev.lexigram.tenancy.postgres.audit.Severity;

/**
 * One thing that the plan cannot decide, or that somebody must know.
 *
 * @param code what it is
 * @param object what it is about, for people: a table, a key, a view
 * @param mend SQL that mends it, without the last semicolon; comment lines say what SQL cannot
 */
public record AdoptionFinding(AdoptionCode code, String object, String mend) {

    public AdoptionFinding {
        object = object.replaceAll("\\p{C}", "?");
    }

    public Severity severity() {
        return code.severity();
    }

    /** Why it matters. */
    public String why() {
        return code.why();
    }

    /** One line without the SQL. */
    @Override
    public String toString() {
        return severity() + " " + code + " " + object + ": " + why();
    }
}
