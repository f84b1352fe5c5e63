package dev.lexigram.tenancy.benchmarks;

/** Something to measure under one name. */
public interface Suite {

    /** What stands on the command line. */
    String name();

    /** What is measured, in one line. */
    String title();

    /** Measures, and leaves nothing running. The outcome, with the conditions it came about under, is Markdown. */
    String run(Options options) throws Exception;
}
