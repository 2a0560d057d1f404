package dev.tributary.agent.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * The store's file, used by one thread at a time. MVStore closes itself at the first write that fails, so this opens it
 * again later; until then every use fails at once. Safe for many threads.
 */
public final class StoreFile implements AutoCloseable {
    private static final long REOPEN_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int CACHE_MEGABYTES = 1;
    private static final int COMMITS_BETWEEN_COMPACTIONS = 512;
    private static final int COMPACT_BYTES = 1 << 20;

    private final Path path;
    private final LongSupplier nanoTime;
    private Optional<MVStore> store;
    private long failedAt;
    private String failure = "";
    private int commits;

    private StoreFile(Path path, LongSupplier nanoTime) {
        this.path = path;
        this.nanoTime = nanoTime;
        this.store = Optional.of(open(path));
    }

    /** The store in this file, made with its folder when there is none; fails when it is in use or no store. */
    public static StoreFile at(Path path, LongSupplier nanoTime) {
        return new StoreFile(path, nanoTime);
    }

    private static MVStore open(Path path) {
        try {
            Optional<Path> folder = Optional.ofNullable(path.toAbsolutePath().getParent());
            if (folder.isPresent()) {
                Files.createDirectories(folder.get());
            }
            return new MVStore.Builder()
                    .fileName(path.toString())
                    .autoCommitDisabled()
                    .cacheSize(CACHE_MEGABYTES)
                    .open();
        } catch (IOException | MVStoreException e) {
            throw new UncheckedIOException(new IOException("cannot open store " + path + ": " + e.getMessage(), e));
        }
    }

    /** Whether the last use went well. */
    public synchronized boolean isOpen() {
        return store.isPresent();
    }

    /** Does something with the store. */
    synchronized <T> T use(Function<MVStore, T> action) {
        MVStore open = store.orElseGet(this::reopen);
        try {
            return action.apply(open);
        } catch (MVStoreException | IllegalStateException e) {
            store = Optional.empty();
            failedAt = nanoTime.getAsLong();
            failure = "store " + path + ": " + e.getMessage();
            open.closeImmediately();
            throw new UncheckedIOException(new IOException(failure, e));
        }
    }

    private MVStore reopen() {
        if (nanoTime.getAsLong() - failedAt < REOPEN_NANOS) {
            throw new UncheckedIOException(new IOException(failure));
        }
        failedAt = nanoTime.getAsLong();
        MVStore opened = open(path);
        store = Optional.of(opened);
        return opened;
    }

    /** Writes all changes; with {@code toDisk} also past the operating system's cache. */
    void commit(boolean toDisk) {
        use(open -> {
            long version = open.commit();
            if (toDisk) {
                open.sync();
            }
            if (++commits % COMMITS_BETWEEN_COMPACTIONS == 0) {
                open.compact(50, COMPACT_BYTES);
            }
            return version;
        });
    }

    /** Writes what is pending and closes the file. */
    @Override
    public synchronized void close() {
        store.ifPresent(open -> {
            try {
                open.commit();
                open.close();
            } catch (MVStoreException | IllegalStateException e) {
                open.closeImmediately();
            }
        });
        store = Optional.empty();
        failure = "store " + path + " is closed";
        failedAt = nanoTime.getAsLong();
    }
}
