package dev.lexigram.tenancy.benchmarks.database;

/** What an application does again and again, ready to be done through one contender. */
interface Work extends AutoCloseable {

    /**
     * Does it once.
     *
     * @throws IllegalStateException if other rows came back than there are
     */
    void perform(Rows.Place place) throws Exception;

    @Override
    void close();
}
