package dev.lexigram.tenancy.spring;

/** Parts that applications of other packages of these tests ask for. */
public final class PartsOf {

    /** Spring Data over JPA and over JDBC. */
    public static final String DATA = Part.only(Part.JPA, Part.DATA_JDBC);

    private PartsOf() {}
}
