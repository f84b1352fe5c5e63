package dev.lexigram.tenancy.hibernate;

import org.hibernate.event.spi.DeleteContext;
import org.hibernate.event.spi.DeleteEvent;
import org.hibernate.event.spi.DeleteEventListener;
import org.hibernate.event.spi.InitializeCollectionEvent;
import org.hibernate.event.spi.InitializeCollectionEventListener;
import org.hibernate.event.spi.LoadEvent;
import org.hibernate.event.spi.LoadEventListener;
import org.hibernate.event.spi.LockEvent;
import org.hibernate.event.spi.LockEventListener;
import org.hibernate.event.spi.MergeContext;
import org.hibernate.event.spi.MergeEvent;
import org.hibernate.event.spi.MergeEventListener;
import org.hibernate.event.spi.PersistContext;
import org.hibernate.event.spi.PersistEvent;
import org.hibernate.event.spi.PersistEventListener;
import org.hibernate.event.spi.RefreshContext;
import org.hibernate.event.spi.RefreshEvent;
import org.hibernate.event.spi.RefreshEventListener;
import org.hibernate.event.spi.ReplicateEvent;
import org.hibernate.event.spi.ReplicateEventListener;

/**
 * Asked first when a session is asked for entities, or given some: it answers from what it holds, and it takes in what it
 * stores later, both without a connection that could refuse. Flushes and queries need one, so they are not listed.
 */
final class SessionGuard
        implements LoadEventListener,
                InitializeCollectionEventListener,
                PersistEventListener,
                MergeEventListener,
                DeleteEventListener,
                RefreshEventListener,
                LockEventListener,
                ReplicateEventListener {

    private static final long serialVersionUID = 1L;

    @Override
    public void onLoad(LoadEvent event, LoadType loadType) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onInitializeCollection(InitializeCollectionEvent event) {
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
    public void onRefresh(RefreshEvent event) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onRefresh(RefreshEvent event, RefreshContext cascade) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onLock(LockEvent event) {
        SessionTenant.require(event.getSession());
    }

    @Override
    public void onReplicate(ReplicateEvent event) {
        SessionTenant.require(event.getSession());
    }
}
