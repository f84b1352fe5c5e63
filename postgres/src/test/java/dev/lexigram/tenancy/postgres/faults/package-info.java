/**
 * What breaks the world around the library for its tests: a proxy that cuts and stalls connections, a server that may be
 * killed, a pooler that shares sessions.
 *
 * <p>Start at {@link dev.lexigram.tenancy.postgres.faults.FaultProxy}. Knows nothing of the library.
 */
package dev.lexigram.tenancy.postgres.faults;
