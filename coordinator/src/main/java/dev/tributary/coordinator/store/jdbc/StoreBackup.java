package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.update.FederationId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * All that a database keeps, in one SQLite file, which can be restored into a database of either kind. What goes wrong is
 * one {@link StoreUnavailableException} that says what and why, and leaves the database and the file's place as they were.
 */
public final class StoreBackup {
    private StoreBackup() {}

    /** Writes what {@code database} keeps at this moment into a new file, while a coordinator goes on writing. */
    public static void write(Database database, Path file) {
        if (Files.exists(file)) {
            throw new StoreUnavailableException("backup " + file + " cannot be written: it exists already; give another"
                    + " name, or delete it first");
        }
        SqliteFile part = new SqliteFile(file.resolveSibling(file.getFileName() + ".part"));
        try {
            part.delete();
            try (Database copy = Database.open(part)) {
                database.reading(from -> copy.write(to -> {
                    new TableCopy(from, to).copy();
                    return true;
                }));
            }
            part.becomeOneFile();
            sync(part.file(), StandardOpenOption.WRITE);
            Files.move(part.file(), file, StandardCopyOption.ATOMIC_MOVE);
            sync(part.file().getParent(), StandardOpenOption.READ);
        } catch (IOException e) {
            throw new StoreUnavailableException("backup " + file + " cannot be written: " + e, e);
        } finally {
            part.delete();
        }
    }

    /** Sees that what was written to a file, or a folder's list of files, is on the disk. */
    private static void sync(Path path, StandardOpenOption option) throws IOException {
        try (FileChannel channel = FileChannel.open(path, option)) {
            channel.force(true);
        }
    }

    /**
     * Puts what a backup holds into {@code database}, whose coordinator must not run. Each federation gets a new epoch, in
     * which it numbers rounds and versions above those that devices may have seen since the backup, and abandons a round
     * that was open; the answer is their epochs.
     *
     * @param lease on the database, held
     * @param replace whether to forget what the database keeps; without it, it must keep nothing
     */
    public static Map<FederationId, Long> restore(
            Path file, Database database, StoreLease lease, boolean replace, Instant now) {
        SqliteFile copy = temporary(file);
        try {
            copy.requireWhole("backup " + file + " cannot be restored: ");
            try (Database source = open(copy, file)) {
                return source.read(from -> database.write(to -> {
                    lease.require(to);
                    return restore(from, to, database.name(), replace, now);
                }));
            }
        } finally {
            copy.delete();
        }
    }

    /** A copy to look at and to bring up to date, so that the backup itself stays as it is. */
    private static SqliteFile temporary(Path file) {
        String problem = !Files.isRegularFile(file)
                ? "there is no such file"
                : Files.exists(file.resolveSibling(file.getFileName() + "-wal"))
                        ? "it is a database in use, or was not closed (" + file.getFileName() + "-wal lies beside it);"
                                + " give a file that the backup command made"
                        : "";
        if (!problem.isEmpty()) {
            throw new StoreUnavailableException("backup " + file + " cannot be restored: " + problem);
        }
        try {
            Path copy = Files.createTempFile("tributary-restore", ".db");
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            return new SqliteFile(copy);
        } catch (IOException e) {
            throw new StoreUnavailableException("backup " + file + " cannot be copied: " + e, e);
        }
    }

    /** Opens the copy, of which nobody should hear by its own name. */
    private static Database open(SqliteFile copy, Path file) {
        try {
            return Database.open(copy);
        } catch (StoreUnavailableException e) {
            throw new StoreUnavailableException(
                    String.valueOf(e.getMessage()).replace(copy.name(), file.toString()), e);
        }
    }

    private static Map<FederationId, Long> restore(Handle from, Handle to, String name, boolean replace, Instant now) {
        FederationTable federations = new FederationTable(to);
        List<FederationId> present = federations.ids();
        if (!present.isEmpty() && !replace) {
            throw new StoreUnavailableException("database " + name + " cannot be restored: it keeps "
                    + present.size() + " federation(s), among them " + present.get(0)
                    + "; ask for their replacement (--replace), or give an empty database");
        }
        Map<FederationId, Long> epochs = new HashMap<>();
        present.forEach(id -> epochs.put(id, federations.find(id).orElseThrow().epoch()));
        TableCopy.clear(to);
        new TableCopy(from, to).copy();
        Map<FederationId, Long> restored = new HashMap<>();
        for (FederationId id : federations.ids()) {
            long before = Math.max(federations.find(id).orElseThrow().epoch(), epochs.getOrDefault(id, 0L));
            new NewEpoch(to, now).begin(id, before + 1);
            restored.put(id, before + 1);
        }
        return Map.copyOf(restored);
    }
}
