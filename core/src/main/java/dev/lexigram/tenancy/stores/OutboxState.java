package dev.lexigram.tenancy.stores;

import java.time.Duration;

/**
 * What listeners have not been told yet.
 *
 * @param open lanes in which an event waits
 * @param parked lanes that wait for somebody to look at them; not counted as open
 * @param oldest for how long the oldest event of the open lanes has been waiting; zero if there is none
 */
public record OutboxState(long open, long parked, Duration oldest) {}
