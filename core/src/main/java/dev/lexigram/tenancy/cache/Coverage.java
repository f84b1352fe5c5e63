package dev.lexigram.tenancy.cache;

/** Says what a node can be sure to hear of. Asked with every use of a cached answer, so it must be cheap. */
@FunctionalInterface
public interface Coverage {

    /** Of nothing: whatever is remembered may have changed unheard. */
    Coverage NONE = (since, now) -> false;

    /**
     * Whether every change since that moment has reached this node, but for those of the last few seconds, which will.
     *
     * @param since when what is remembered was read, as {@link System#nanoTime()} says it
     * @param now the present moment on the same clock
     */
    boolean covers(long since, long now);
}
