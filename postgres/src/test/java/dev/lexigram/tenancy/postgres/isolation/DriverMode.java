package dev.lexigram.tenancy.postgres.isolation;

/** Ways in which the driver works, as its documentation has them under "Connection Parameters". */
enum DriverMode {
    ORDINARY(""),
    /** Prepares on the server, in binary, from the first execution on, and fetches through cursors. */
    PREPARED_AT_ONCE("prepareThreshold=-1&defaultRowFetchSize=2"),
    /** Never keeps a statement on the server, as behind a pooler of transactions. */
    NEVER_PREPARED("prepareThreshold=0"),
    /** Interpolates parameters and sends whole texts. */
    SIMPLE("preferQueryMode=simple"),
    /** Sends whole texts unless they were prepared. */
    SIMPLE_UNLESS_PREPARED("preferQueryMode=extendedForPrepared"),
    /** Sets a savepoint of its own before each statement. */
    AUTOSAVE("autosave=always&cleanupSavepoints=true"),
    /** Sets one before the statements that a changed table could make fail. */
    CONSERVATIVE_AUTOSAVE("autosave=conservative"),
    REWRITTEN_BATCHES("reWriteBatchedInserts=true");

    private final String properties;

    DriverMode(String properties) {
        this.properties = properties;
    }

    /** As they stand in a URL. */
    String properties() {
        return properties;
    }
}
