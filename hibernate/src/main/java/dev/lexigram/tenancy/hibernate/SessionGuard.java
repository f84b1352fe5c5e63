package dev.lexigram.tenancy.hibernate;

import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.event.spi.ReplicateEvent;
import org.hibernate.event.spi.ReplicateEventListener;

/**
 * Asked first when a session is asked for an entity, or given one: it answers from what it holds, and it takes in what it
 * stores later, both without a connection that could refuse. What else a session does needs a connection or a cache.
 */
final class SessionGuard
        implements LoadEventListener,
                PersistEventListener,
                MergeEventListener,
                DeleteEventListener,
                ReplicateEventListener {

    private static final long serialVersionUID = 1L;

    @Override
    public void onLoad(LoadEvent event, LoadType loadType) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onPersist(PersistEvent event) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onPersist(PersistEvent event, PersistContext cascade) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onMerge(MergeEvent event) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onMerge(MergeEvent event, MergeContext cascade) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onDelete(DeleteEvent event) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onDelete(DeleteEvent event, DeleteContext cascade) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onReplicate(ReplicateEvent event) {
        SessionTenant.require(event.getSession());
    }
}
