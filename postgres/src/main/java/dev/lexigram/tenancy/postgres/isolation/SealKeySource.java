package dev.lexigram.tenancy.postgres.isolation;

/**
 * Where an application has the key from that signs its tokens: its configuration or a store of secrets, never the database
 * that it serves, whose login must not be able to read it. Asked for each token, on many threads, so it answers from memory;
 * when it answers with another key, that one signs from then on.
 */
@FunctionalInterface
public interface SealKeySource {

    SealKey signing();
}
