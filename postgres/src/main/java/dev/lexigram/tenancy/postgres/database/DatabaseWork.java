package dev.lexigram.tenancy.postgres.database;

import static dev.lexigram.tenancy.postgres.schema.Statements.perform;

import dev.lexigram.tenancy.isolation.ErasedResource;
import dev.lexigram.tenancy.postgres.policy.Grantees;
import dev.lexigram.tenancy.postgres.policy.Quoted;
import dev.lexigram.tenancy.postgres.policy.SchemaName;
import dev.lexigram.tenancy.postgres.schema.SchemaAccess;
import dev.lexigram.tenancy.postgres.schema.SchemaEntry;
import dev.lexigram.tenancy.postgres.schema.SchemaEntry.State;
import dev.lexigram.tenancy.postgres.schema.SchemaRegister;
import dev.lexigram.tenancy.tenant.TenantId;
import dev.lexigram.tenancy.tenant.TenantProvisioningException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What happens to one tenant's database, while nobody else works on it. Used by one thread. */
final class DatabaseWork {

    private static final SchemaName TABLES = new SchemaName("public");

    private final DatabaseParts parts;
    private final DatabaseStatements statements;
    private final TenantId id;
    private final String place;
    private final TenantDatabases.Refusal refusal;

    /** @param connection in autocommit, to the application's own database */
    DatabaseWork(DatabaseParts parts, Connection connection, TenantId id, TenantDatabases.Refusal refusal) {
        this.parts = parts;
        this.statements = new DatabaseStatements(connection);
        this.id = id;
        this.place = SchemaName.of(id).value();
        this.refusal = refusal;
    }

    Optional<SchemaEntry> present() throws SQLException {
        return registered(register -> register.find(id)).filter(entry -> entry.state() != State.DROPPED);
    }

    /** Whether it got its name, which comes last. */
    boolean isComplete(SchemaEntry entry) throws SQLException {
        return statements.isMarked(place, entry.marker());
    }

    /** Creates, fills and names it. */
    void make() throws SQLException {
        if (registered(register -> register.find(id)).isPresent()) {
            throw refused("its database was dropped already", "a tenant's database is made once");
        }
        if (statements.exists(place)) {
            throw foreign();
        }
        var entry = registered(register -> register.add(id));
        var credentials = DatabaseCredentials.create(entry.token());
        var made = nameWhileMade(entry);
        statements.create(made, entry.marker());
        statements.createLogin(credentials.login(), parts.server().user());
        statements.confine(
                made,
                parts.grantees().owner(),
                credentials.login(),
                parts.policy().settingName(),
                id.value());
        furnish(made, entry, credentials);
        parts.secrets().put(DatabaseCredentials.name(id), credentials.secret());
        statements.openLogin(credentials.login(), credentials.password());
        if (statements.exists(place)) {
            throw foreign();
        }
        statements.rename(made, place);
        finish(entry);
    }

    /** Says that it may be used, if that was not said before a crash. */
    void finish(SchemaEntry entry) throws SQLException {
        if (entry.state() != State.OPEN && entry.state() != State.MADE) {
            throw refused("its database is " + word(entry) + " already", "a tenant's database is made once");
        }
        requireOwn(entry);
        move(State.OPEN, Optional.empty());
    }

    /** As if it had never been made. */
    void remove(SchemaEntry entry) throws SQLException {
        statements.closeLogin(DatabaseCredentials.login(entry.token()));
        for (var name : List.of(nameWhileMade(entry), entry.place().value())) {
            if (statements.isMarked(name, entry.marker()) || name.equals(nameWhileMade(entry))) {
                statements.drop(name);
            }
        }
        parts.secrets().remove(DatabaseCredentials.name(id));
        statements.dropLogin(DatabaseCredentials.login(entry.token()));
        registered(register -> {
            register.forget(id);
            return true;
        });
    }

    List<ErasedResource> drop() throws SQLException {
        var known = present();
        if (known.isEmpty()) {
            return List.of();
        }
        var entry = known.get();
        var exists = statements.exists(entry.place().value());
        if (exists) {
            requireOwn(entry);
        }
        var removed = exists ? count(entry, true) : List.<ErasedResource>of();
        remove(entry);
        registered(register -> {
            register.add(id);
            register.move(id, State.DROPPED, Optional.empty());
            return true;
        });
        return removed;
    }

    List<ErasedResource> archive() throws SQLException {
        var known = present();
        if (known.isEmpty() || known.get().state() == State.ARCHIVED && !statements.exists(place)) {
            return List.of();
        }
        var entry = known.get();
        var archived = entry.archived().orElseGet(() -> SchemaName.of(id).archived(Instant.now()));
        if (!statements.isMarked(archived.value(), entry.marker())) {
            requireOwn(new SchemaEntry(id, entry.token(), entry.state(), Optional.empty()));
            if (statements.exists(archived.value())) {
                throw refused("database " + archived + " has the name of its archive", "rename that, and try again");
            }
            move(State.ARCHIVED, Optional.of(archived)); // before, so that a crash leaves it found under either name
            statements.closeLogin(DatabaseCredentials.login(entry.token()));
            statements.rename(place, archived.value());
        }
        return count(new SchemaEntry(id, entry.token(), State.ARCHIVED, Optional.of(archived)), false);
    }

    List<ErasedResource> close() throws SQLException {
        var known = present();
        if (known.isEmpty() || known.get().state() == State.ARCHIVED) {
            return List.of();
        }
        requireOwn(known.get());
        statements.closeLogin(DatabaseCredentials.login(known.get().token()));
        statements.endSessions(place);
        move(State.CLOSED, Optional.empty());
        return count(known.get(), false);
    }

    void restore() throws SQLException {
        var entry = present()
                .orElseThrow(() -> refused("it has no database to give back", "it was dropped, or never made"));
        var credentials = parts.secrets()
                .find(DatabaseCredentials.name(id))
                .map(DatabaseCredentials::parse)
                .orElseThrow(() -> refused("its password is lost", "give the secret back from a back-up"));
        if (entry.state() == State.ARCHIVED && !statements.isMarked(place, entry.marker())) {
            if (statements.exists(place)) {
                throw foreign();
            }
            requireOwn(entry);
            statements.rename(entry.place().value(), place);
        }
        statements.openLogin(credentials.login(), credentials.password());
        move(State.OPEN, Optional.empty());
    }

    /** Tables by the application's migrations, and rights on rows for the tenant's own login alone. */
    private void furnish(String database, SchemaEntry entry, DatabaseCredentials credentials) throws SQLException {
        var grantees = new Grantees(
                parts.grantees().owner(), credentials.login(), parts.grantees().admin());
        var owner = Quoted.identifier(grantees.owner());
        try (var provisioner =
                parts.server().of(database, parts.server().user()).getConnection()) {
            perform(provisioner, "create schema tenancy authorization " + owner);
            perform(
                    provisioner,
                    "comment on schema tenancy is "
                            + Quoted.literal(entry.marker().text()));
            perform(provisioner, "grant usage on schema tenancy to " + Quoted.identifier(credentials.login()));
            perform(provisioner, "revoke all on schema public from public");
            perform(provisioner, "alter schema public owner to " + owner);
        }
        var asOwner = parts.asOwner(database);
        try {
            parts.migrator().migrate(asOwner, TABLES);
        } catch (RuntimeException failure) {
            throw refusal.of(id, "its database could not be filled, as the cause says", failure);
        }
        try (var connection = asOwner.getConnection()) {
            connection.setAutoCommit(false);
            access(connection, grantees).open(TABLES, id);
            connection.commit();
        }
    }

    private List<ErasedResource> count(SchemaEntry entry, boolean removed) throws SQLException {
        try (var connection = parts.asOwner(entry.place().value()).getConnection()) {
            connection.setAutoCommit(false);
            return access(connection, parts.grantees()).count(TABLES, id, removed);
        }
    }

    private SchemaAccess access(Connection connection, Grantees grantees) {
        return SchemaAccess.alone(
                connection, grantees, parts.policy(), parts.migrator().ownTables());
    }

    private void requireOwn(SchemaEntry entry) throws SQLException {
        var name = entry.place().value();
        if (!statements.exists(name)) {
            throw refused("database " + name + " is gone", "give it back from a back-up; it is not made a second time");
        }
        if (!statements.isMarked(name, entry.marker())) {
            throw foreign();
        }
    }

    private void move(State state, Optional<SchemaName> archived) throws SQLException {
        registered(register -> {
            register.move(id, state, archived);
            return true;
        });
    }

    private <T> T registered(Entry<T> entry) throws SQLException {
        try (var connection = parts.asOwner().getConnection()) {
            connection.setAutoCommit(false);
            var register = SchemaRegister.lock(
                    connection, SchemaRegister.DATABASES, id, parts.grantees().owner());
            var result = entry.in(register);
            connection.commit();
            return result;
        }
    }

    /** No tenant's and nobody's: made of what is known only here. */
    private static String nameWhileMade(SchemaEntry entry) {
        return "provisioning_" + entry.token().toString().replace("-", "");
    }

    private static String word(SchemaEntry entry) {
        return entry.state().name().toLowerCase(Locale.ROOT);
    }

    private TenantProvisioningException foreign() {
        return refused(
                "database " + place + " was not made here for this tenant",
                "it is left as it is; rename it, or give the tenant another id");
    }

    private TenantProvisioningException refused(String what, String why) {
        return refusal.of(id, what, new IllegalStateException(why));
    }

    private interface Entry<T> {
        T in(SchemaRegister register) throws SQLException;
    }
}
