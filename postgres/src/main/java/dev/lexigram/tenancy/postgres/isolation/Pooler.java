package dev.lexigram.tenancy.postgres.isolation;

/** What stands between a pool and its server, apart from the network. */
enum Pooler {
    NONE(""),
    /** Each connection keeps one server connection for as long as it lasts. */
    SESSIONS("; a pooler of sessions seems to stand before the server"),
    /** Each transaction gets any server connection; also what cannot be told apart from that. */
    TRANSACTIONS("; a pooler that may share server connections between transactions stands before the server, so that"
            + " what would stay in a session is refused");

    private final String told;

    Pooler(String told) {
        this.told = told;
    }

    /** What is added to the reason of a choice, for people. */
    String told() {
        return told;
    }

    /** A lease on a connection behind this. */
    Lease before(Lease lease) {
        if (this == TRANSACTIONS) {
            lease.shareSession();
        }
        return lease;
    }
}
