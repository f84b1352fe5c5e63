package dev.lexigram.tenancy.postgres.isolation;

import java.util.Locale;

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

    /** Its name in a document. */
    String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    boolean sendsWholeTexts() {
        return this == SIMPLE || this == SIMPLE_UNLESS_PREPARED;
    }

    /** Whether round trips can be compared: those for the driver's own savepoints depend on when it cleans up. */
    boolean isCounted() {
        return !sendsWholeTexts() && this != AUTOSAVE && this != CONSERVATIVE_AUTOSAVE;
    }

    /** Without savepoints that a failed execution could go back to. */
    boolean keepsPlans() {
        return this == ORDINARY || this == PREPARED_AT_ONCE;
    }

    /** As they stand in a URL. */
    String properties() {
        return properties;
    }
}
