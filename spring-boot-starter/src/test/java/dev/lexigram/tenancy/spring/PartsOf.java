package dev.lexigram.tenancy.spring;

/** Parts that applications of other packages of these tests ask for. */
public final class PartsOf {

    /** Spring Data over JPA and over JDBC. */
    public static final String DATA = Part.only(Part.JPA, Part.DATA_JDBC);

    /** The same, as if {@code lexigram-tenancy-hibernate} was not there. */
    public static final String DATA_WITHOUT_TENANT_SESSIONS = DATA + Part.WITHOUT_TENANT_SESSIONS;

    private PartsOf() {}
}
