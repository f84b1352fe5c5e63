package dev.lexigram.tenancy.postgres.audit;

/**
 * One thing that the audit found.
 *
 * @param code what it is
 * @param object what it is about, for people: a role, a table, a setting
 * @param mend SQL that mends it, to be run as the owner or a superuser; comment lines say what SQL cannot
 */
public record Finding(FindingCode code, String object, String mend) {

    public Finding {
        object = object.replaceAll("\\p{C}", "?");
    }

    public Severity severity() {
        return code.severity();
    }

    /** What can happen while it stays. */
    public String risk() {
        return code.risk();
    }

    /** One line without the SQL, for a log. */
    @Override
    public String toString() {
        return severity() + " " + code + " " + object + ": " + risk();
    }
}
