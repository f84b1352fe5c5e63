package dev.lexigram.tenancy.postgres.schema;

import static dev.lexigram.tenancy.postgres.schema.Statements.all;
import static dev.lexigram.tenancy.postgres.schema.Statements.run;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.SchemaEntry.State;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to one tenant's schema within one transaction, in which nobody else works on it. */
final class TenantSchema {

    private static final String COMMENT = """
            select pg_catalog.obj_description(oid, 'pg_namespace') as comment from pg_catalog.pg_namespace
            where nspname = ?
            """;

    private static final String NOW = "select pg_catalog.clock_timestamp()";

    private static final String PATIENCE = "set local lock_timeout = '30s'"; // for what is still at work in there

    private final Connection connection;
    private final TenantId id;
    private final SchemaRegister register;
    private final SchemaAccess access;
    private final Grantees grantees;
    private final Refusal refusal;

    TenantSchema(
            Connection connection,
            TenantId id,
            SchemaRegister register,
            SchemaAccess access,
            Grantees grantees,
            Refusal refusal) {
        this.connection = connection;
        this.id = id;
        this.register = register;
        this.access = access;
        this.grantees = grantees;
        this.refusal = refusal;
    }

    Optional<SchemaEntry> entry() throws SQLException {
        return register.find(id);
    }

    /**
     * Creates it with its mark and its entry. One that was never opened is what an attempt has left that died: it goes, as
     * nobody can tell how far it had come.
     *
     * @return whether it is empty, and has to be filled
     */
    boolean make() throws SQLException {
        var known = present();
        if (known.filter(entry -> entry.state() == State.MADE).isPresent()) {
            drop(true);
            known = Optional.empty();
        }
        if (known.isPresent() && known.get().state() == State.OPEN) {
            requireOwn(known.get());
            return false;
        }
        requireNone(entry());
        create();
        return true;
    }

    /** Lets the serving role use it. */
    SchemaEntry open() throws SQLException {
        var entry = present()
                .filter(known -> known.state() == State.MADE)
                .orElseThrow(() -> refused("its schema was taken away meanwhile", "somebody else removes the tenant"));
        requireOwn(entry);
        access.open(entry.place(), id);
        register.move(id, State.OPEN, Optional.empty());
        return entry;
    }

    SchemaEntry restore() throws SQLException {
        var entry = entry().filter(known -> known.state() != State.DROPPED)
                .orElseThrow(() -> refused("it has no schema to give back", "it was dropped, or never made"));
        requireOwn(entry);
        var place = SchemaName.of(id);
        if (entry.state() == State.ARCHIVED) {
            if (exists(place)) {
                throw foreign(place);
            }
            run(connection, rename(entry.place(), place));
        }
        access.open(place, id);
        register.move(id, State.OPEN, Optional.empty());
        return entry;
    }

    List<ErasedResource> close() throws SQLException {
        var entry = present();
        if (entry.isEmpty() || entry.get().state() == State.ARCHIVED) {
            return List.of();
        }
        requireOwn(entry.get());
        var kept = access.count(entry.get().place(), id, false);
        access.close(entry.get().place());
        register.move(id, State.CLOSED, Optional.empty());
        return kept;
    }

    List<ErasedResource> archive() throws SQLException {
        var entry = present();
        if (entry.isEmpty() || entry.get().state() == State.ARCHIVED) {
            return List.of();
        }
        run(connection, PATIENCE);
        requireOwn(entry.get());
        var place = entry.get().place();
        var kept = access.count(place, id, false);
        var archived = unused(place);
        access.close(place);
        run(connection, rename(place, archived));
        register.move(id, State.ARCHIVED, Optional.of(archived));
        return kept;
    }

    /** @param forget whether the tenant may have another one later */
    List<ErasedResource> drop(boolean forget) throws SQLException {
        var entry = present();
        if (entry.isEmpty()) {
            return List.of();
        }
        run(connection, PATIENCE);
        requireOwn(entry.get());
        var place = entry.get().place();
        var removed = access.count(place, id, true);
        run(connection, "drop schema " + place.sql() + " cascade");
        if (forget) {
            register.forget(id);
        } else {
            register.move(id, State.DROPPED, Optional.empty());
        }
        return removed;
    }

    private Optional<SchemaEntry> present() throws SQLException {
        return entry().filter(entry -> entry.state() != State.DROPPED);
    }

    private void requireNone(Optional<SchemaEntry> entry) {
        if (entry.isPresent()) {
            throw refused("its schema is " + word(entry.get()) + " already", "a tenant's schema is made once");
        }
    }

    private void create() throws SQLException {
        var place = SchemaName.of(id);
        if (exists(place)) {
            throw foreign(place);
        }
        var entry = register.add(id);
        run(connection, create(place, grantees.owner()));
        run(connection, mark(place, entry.marker().text()));
    }

    private boolean exists(SchemaName schema) throws SQLException {
        return !comments(schema).isEmpty();
    }

    private void requireOwn(SchemaEntry entry) throws SQLException {
        var wanted = Optional.of(entry.marker().text());
        var found = comments(entry.place());
        if (found.isEmpty()) {
            throw refused(
                    "schema " + entry.place() + " is gone",
                    "give it back from a back-up; it is not made a second time");
        }
        if (!found.get(0).equals(wanted)) {
            throw foreign(entry.place());
        }
    }

    /** The comment of the schema of this name, if there is one; the schema, if the list is not empty. */
    private List<Optional<String>> comments(SchemaName schema) throws SQLException {
        return all(connection, COMMENT, row -> Optional.ofNullable(row.getString("comment")), schema.value());
    }

    /** A name in the archive that nothing has; two archives of one second get two names. */
    private SchemaName unused(SchemaName place) throws SQLException {
        var now = all(connection, NOW, row -> row.getObject(1, OffsetDateTime.class))
                .get(0)
                .toInstant();
        var archived = place.archived(now);
        for (var later = now; exists(archived); archived = place.archived(later)) {
            later = later.plusSeconds(1);
        }
        return archived;
    }

    private TenantProvisioningException foreign(SchemaName schema) {
        return refused(
                "schema " + schema + " was not made here for this tenant",
                "it is left as it is; rename it, or give the tenant another id");
    }

    private TenantProvisioningException refused(String what, String why) {
        return refusal.of(id, what, new IllegalStateException(why));
    }

    private static String word(SchemaEntry entry) {
        return entry.state().name().toLowerCase(Locale.ROOT);
    }

    private static String create(SchemaName schema, String owner) {
        return "create schema " + schema.sql() + " authorization " + Quoted.identifier(owner);
    }

    private static String mark(SchemaName schema, String marker) {
        return "comment on schema " + schema.sql() + " is " + Quoted.literal(marker);
    }

    private static String rename(SchemaName from, SchemaName to) {
        return "alter schema " + from.sql() + " rename to " + to.sql();
    }

    /** What to raise, in the words of what was attempted. */
    interface Refusal {
        TenantProvisioningException of(TenantId id, String what, Throwable cause);
    }
}
