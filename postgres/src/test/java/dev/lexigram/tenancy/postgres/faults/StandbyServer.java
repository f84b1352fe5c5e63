package dev.lexigram.tenancy.postgres.faults;

import dev.lexigram.tenancy.testkit.Role;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A hot standby that follows a {@link PrivateServer} by streaming replication, until it is promoted. */
public final class StandbyServer implements AutoCloseable {

    /** What the server makes anew, or must not find. */
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private static final Set<String> EMPTIED = Set.of(
            "pg_wal",
            "pg_replslot",
            "pg_dynshmem",
            "pg_notify",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private final PrivateServer primary;
    private final Path data;
    private final EmbeddedPostgres postgres;

    private StandbyServer(PrivateServer primary, Path data) throws IOException {
        this.primary = primary;
        this.data = data;
        this.postgres = PrivateServer.start(data, 0);
    }

    /** Copies this server as it is now, and follows it from there; the primary keeps what it needs for that. */
    public static StandbyServer of(PrivateServer primary) {
        try {
            var data = Files.createTempDirectory(
                    "standby-server",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            var slot = data.getFileName().toString().replace('-', '_');
            backUp(primary, data, slot);
            Files.createFile(data.resolve("standby.signal"));
            Files.writeString(
                    data.resolve("postgresql.auto.conf"),
                    "primary_conninfo = 'host=localhost port=" + primary.port() + " user=postgres'\n"
                            + "primary_slot_name = '" + slot + "'\n",
                    StandardOpenOption.APPEND);
            return new StandbyServer(primary, data);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres";
    }

    /** Connections of this role, each a new one: no pool, no tenant. */
    public DataSource as(Role role) {
        var dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl());
        dataSource.setUser(role.login());
        return dataSource;
    }

    /** Waits until it has repeated what was written until now. */
    public void awaitCaughtUp() {
        var written = primary.ask("select pg_current_wal_lsn()");
        Await.until(
                "the standby",
                () -> ask("select pg_last_wal_replay_lsn() >= '" + written + "'")
                        .equals("t"));
    }

    /** From now on it lags. */
    public void pause() {
        ask("select pg_wal_replay_pause()");
        Await.until(
                "the pause", () -> ask("select pg_get_wal_replay_pause_state()").equals("paused"));
    }

    /** Makes it a primary of its own. */
    public void promote() {
        ask("select pg_promote(true, 60)");
    }

    @Override
    public void close() {
        try {
            postgres.close();
            try (var files = Files.walk(data)) {
                for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private String ask(String query) {
        return PrivateServer.ask(as(Role.SUPERUSER), query);
    }

    private static void backUp(PrivateServer primary, Path data, String slot) throws SQLException, IOException {
        try (var connection = primary.as(Role.SUPERUSER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("select pg_create_physical_replication_slot('" + slot + "', true)");
            statement.execute("select pg_backup_start('standby', true)");
            copy(primary.data(), data);
            try (var row = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                row.next();
                Files.writeString(data.resolve("backup_label"), row.getString(1));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var copy = to.resolve(from.relativize(folder).toString());
                if (!copy.equals(to)) {
                    Files.copy(folder, copy);
                    Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwx------"));
                }
                var emptied = EMPTIED.contains(from.relativize(folder).toString());
                return emptied ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!LEFT_OUT.contains(file.getFileName().toString())) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file).toString()));
                    } catch (NoSuchFileException removedMeanwhile) {
                        return FileVisitResult.CONTINUE; // the log has that, too
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }
        });
    }
}
