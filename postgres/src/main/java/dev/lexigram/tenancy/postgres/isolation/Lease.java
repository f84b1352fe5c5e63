package dev.lexigram.tenancy.postgres.isolation;

import dev.lexigram.tenancy.context.TenantContext;
import dev.lexigram.tenancy.isolation.ServedTenants;
import dev.lexigram.tenancy.tenant.Tenant;
import dev.lexigram.tenancy.tenant.TenantException;
import dev.lexigram.tenancy.tenant.TenantIsolationException;
import dev.lexigram.tenancy.tenant.TenantMismatchException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One borrowing of a connection, for the tenant captured at its start: refuses every other user, and gives the connection
 * back as it came, or ends it physically.
 *
 * <p>It ends once, by {@link #release} or {@link #evict}, whichever comes first and on whatever thread; afterwards
 * nothing that was made through it works any more, although the pool may have lent the connection out again.
 */
final class Lease {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Connection borrowed;
    private final @Nullable Tenant captured;
    private final @Nullable Observer observer; // where nothing is refused yet
    private final boolean ownSchema; // whose name must not be switched
    private final BorrowedState state;
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicBoolean dead = new AtomicBoolean(); // ended, and still to be shown to the pool
    private volatile ServedTenants served = ServedTenants.ALL;
    private volatile boolean sharesSession;
    private volatile boolean doubtful;
    private volatile boolean evicted;

    Lease(Connection borrowed, Optional<Tenant> captured, @Nullable Observer observer, boolean ownSchema)
            throws SQLException {
        this.borrowed = borrowed;
        this.captured = captured.orElse(null);
        this.observer = observer;
        this.ownSchema = ownSchema;
        this.state = new BorrowedState(borrowed);
    }

    /** From now on each use of the connection asks this. */
    void servedWhile(ServedTenants served) {
        this.served = served;
    }

    /** From now on what would stay in the session is refused: a pooler gives it to another client. */
    void shareSession() {
        sharesSession = true;
    }

    Connection borrowed() {
        return borrowed;
    }

    @Nullable
    Tenant captured() {
        return captured;
    }

    BorrowedState state() {
        return state;
    }

    /** Whether names mean the tenant's own schema, so that nothing may look them up without the binding. */
    boolean hasOwnSchema() {
        return ownSchema;
    }

    boolean isOver() {
        return over.get();
    }

    boolean isEvicted() {
        return evicted;
    }

    /** @throws SQLException if the connection was closed or evicted */
    void requireOpen() throws SQLException {
        if (isOver()) {
            throw new SQLException("This connection has been closed; borrow another one.", "08003");
        }
    }

    /**
     * Lets only the captured tenant pass, compared by id, and only while it is served; none is a case of its own. Under
     * observation all pass.
     *
     * @throws TenantMismatchException if another is current; the connection is evicted
     * @throws TenantException if the captured one is not served any more; the connection is evicted
     */
    void check() throws SQLException {
        requireOpen();
        var current = TenantContext.current().orElse(null);
        var same = captured == null || current == null
                ? captured == current
                : captured.id().equals(current.id());
        if (!same && observer != null) {
            observer.otherBorrower(current);
        } else if (!same) {
            evict();
            throw TenantMismatchException.of(captured, current);
        } else if (captured != null && observer == null) {
            requireServed(captured);
        }
    }

    /** Whether what cannot be bound is let through; it is recorded then. */
    boolean lets() {
        if (observer != null) {
            observer.notBound();
        }
        return observer != null;
    }

    /** What the server said in a call that is not the application's own. */
    void heard(@Nullable SQLWarning first) {
        if (observer != null && first != null) {
            observer.told(first);
        }
    }

    /**
     * To be called before a text of the application is sent: what it may leave in the session is not lent out again.
     *
     * @throws TenantIsolationException if the session is not the connection's own, so that its end would not help
     */
    void beforeText(SqlText sql) {
        if (sql.needsSession()) {
            requireSession();
        }
        if (sql.leavesTraces()) {
            doubt();
        }
    }

    /** The connection may keep something of this tenant: it is not lent out again. */
    void doubt() {
        doubtful = true;
    }

    boolean isDoubtful() {
        return doubtful;
    }

    /** Notes what this method of the connection is about to change, so that it can be set back. */
    void beforeChange(String method) throws SQLException {
        switch (method) {
            case "setReadOnly" -> state.beforeReadOnly();
            case "setTransactionIsolation" -> state.beforeIsolation();
            case "setNetworkTimeout" -> state.beforeNetworkTimeout();
            case "setSchema", "setCatalog" -> {
                refuseOtherSchema();
                requireSession();
                doubt();
            }
            case "setHoldability", "setClientInfo", "setTypeMap" -> doubt();
            default -> {}
        }
    }

    /** Evicts, and answers with what to raise: {@code why} says what was refused and what to do instead. */
    TenantIsolationException refuse(String why) {
        evict();
        return TenantIsolationException.of(why + " The connection has been closed.");
    }

    /**
     * Ends the connection physically. The pool gets it with {@link #release}, since it would close statements, one of which
     * may be executing just now.
     */
    void evict() {
        if (over.compareAndSet(false, true)) {
            end();
        }
    }

    /** Gives the connection back to its pool: without anything of this borrowing, or ended. */
    void release() throws SQLException {
        if (over.compareAndSet(false, true)) {
            if (!doubtful && isClean()) {
                borrowed.close();
                return;
            }
            end();
        }
        if (dead.compareAndSet(true, false)) {
            Eviction.giveBack(borrowed);
        }
    }

    private void requireServed(Tenant tenant) {
        try {
            served.require(tenant);
        } catch (TenantException refusal) {
            evict();
            throw refusal;
        }
    }

    private void requireSession() {
        if (sharesSession && !lets()) {
            throw refuse(SessionFeatures.REFUSED);
        }
    }

    private void refuseOtherSchema() {
        if (ownSchema) {
            throw TenantIsolationException.of("A tenant with a schema of its own works in no other, so setSchema and"
                    + " setCatalog are refused; work as another tenant with TenantContext.callAs, or qualify the name of"
                    + " a shared table.");
        }
    }

    private void end() {
        evicted = true;
        dead.set(Eviction.abort(borrowed));
    }

    private boolean isClean() {
        try {
            state.restore();
            return true;
        } catch (SQLException | RuntimeException failure) {
            LOG.warn("A connection could not be reset and is closed: {}", failure.getMessage());
            return false;
        }
    }
}
