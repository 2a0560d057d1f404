package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.store.LeaseLostException;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * A lock of the operating system on a file beside the database, which the system frees when the process ends, however it
 * ends; it never runs out. The file stays, and says who has or had the lock.
 */
final class FileLease extends StoreLease {
    private static final String NOBODY = "nobody";
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final Path file;
    private final String holder;
    private Optional<FileLock> lock = Optional.empty();

    FileLease(SqliteFile database, String holder) {
        this.file = database.file().resolveSibling(database.file().getFileName() + ".lock");
        this.holder = holder;
    }

    @Override
    public synchronized boolean tryAcquire() {
        if (isHeld()) {
            return true;
        }
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock = lock(channel);
            if (lock.isEmpty()) {
                channel.close();
                return false;
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (IOException e) {
            throw new StoreUnavailableException("lock " + file + " cannot be taken: " + e, e);
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            // This very process has it.
            return Optional.empty();
        }
    }

    @Override
    public boolean renew() {
        return isHeld();
    }

    @Override
    public synchronized boolean isHeld() {
        return lock.filter(FileLock::isValid).isPresent();
    }

    @Override
    public Duration interval() {
        return INTERVAL;
    }

    @Override
    public String holder() {
        try {
            String text = Files.readString(file);
            return text.isBlank() ? NOBODY : text;
        } catch (IOException e) {
            return NOBODY;
        }
    }

    @Override
    void require(Handle handle) {
        if (!isHeld()) {
            throw new LeaseLostException("database beside " + file + " cannot be written: its lock is not held");
        }
    }

    @Override
    public synchronized void close() {
        lock.ifPresent(held -> {
            try (FileChannel channel = (FileChannel) held.acquiredBy()) {
                channel.truncate(0);
            } catch (IOException e) {
                // Then the process's end frees it.
            }
        });
        lock = Optional.empty();
    }
}
