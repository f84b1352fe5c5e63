package dev.lexigram.tenancy.lifecycle;

/**
 * The moments between two persisted steps of a run. Nothing happens there in production; tests end the process at each
 * of them, and see that another node brings the run to its end.
 */
public enum CrashPoint {
    BEFORE_BEGIN,
    BEGUN,
    STEP_RUN,
    STEP_WRITTEN,
    STEPS_DONE,
    FINISHED,
    TURNED_BACK,
    STEP_UNDONE,
    UNDOING_WRITTEN,
    UNDONE,
    FAILED,
    DELETION_SCHEDULED,
    PURGE_BEGUN,
    PURGE_STEP_RUN,
    PURGE_STEP_WRITTEN,
    PURGE_STEPS_DONE,
    PURGED,
    TAKEN_OVER
}
