/** What several nodes over one control plane owe each other: every event told, every revocation known, within a bound. */
@NullMarked
package dev.lexigram.tenancy.postgres.events;

import org.jspecify.annotations.NullMarked;
