package dev.lexigram.tenancy.lifecycle;

import dev.lexigram.tenancy.tenant.Tenant;

/**
 * Something that must be done before a new tenant is served, such as making a bucket or a first user; it runs after the
 * tenant's place for data was made.
 *
 * <p>Safe for use by many threads. Both methods may be called again after a crash, and while a node that was thought
 * dead still works on the same tenant: they look at what is there rather than trusting that they are the first.
 */
public interface ProvisioningStep {

    /** The name in the journal: lower-case letters, digits and underscores. It must not change between releases. */
    String name();

    /**
     * Does it, or leaves it when it is done. If it fails, nothing of it may be left.
     *
     * @param fence grows each time that another node takes the work over; where the other side can compare it, an
     *     earlier number is to be refused
     */
    void run(Tenant tenant, long fence);

    /** Takes it back, also when there is nothing to take back. */
    void undo(Tenant tenant, long fence);
}
