package dev.tributary.agent.sensor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A growing CSV file, followed like {@code tail -F}: a file that was rotated is read to its end and the new one from its
 * start, a truncated one from its start, and a line only when its end was written. A file that is not there is waited
 * for. A record is one line.
 */
public final class CsvFollowSource implements SensorSource {
    private static final System.Logger LOG = System.getLogger(CsvFollowSource.class.getName());
    private static final int CHUNK_BYTES = 1 << 14;

    private final Path path;
    private final Optional<String> target;
    private final Optional<String> time;
    private final Duration poll;
    private final CountDownLatch closed = new CountDownLatch(1);
    private Optional<String> resumeAt;
    private Optional<CsvRecords> records = Optional.empty();
    private Optional<Open> open = Optional.empty();

    /** The file that is read now: which one it is, and how far it was read. */
    private static final class Open {
        final FileChannel channel;
        final String key;
        final LineBuffer lines;
        long offset;
        long lineStart;
        boolean headerSeen;

        Open(FileChannel channel, String key, LineBuffer lines) {
            this.channel = channel;
            this.key = key;
            this.lines = lines;
        }
    }

    /**
     * A source that looks each {@code poll} whether there is more.
     *
     * @param target the label's column; the last one if empty
     * @param resumeAt the position of the last reading that was kept
     */
    public CsvFollowSource(
            Path path, Optional<String> target, Optional<String> time, Duration poll, Optional<String> resumeAt) {
        this.path = path;
        this.target = target;
        this.time = time;
        this.poll = poll;
        this.resumeAt = resumeAt;
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        try {
            do {
                look(sink);
            } while (!closed.await(poll.toNanos(), TimeUnit.NANOSECONDS));
        } finally {
            closeFile();
        }
    }

    /** Reads all that is there now. */
    void look(Sink sink) throws IOException {
        if (open.isPresent()) {
            drain(open.get());
        }
        Optional<BasicFileAttributes> now = attributes();
        if (now.isEmpty()) {
            return;
        }
        String key = String.valueOf(now.get().fileKey());
        boolean another =
                open.isPresent() && (!open.get().key.equals(key) || now.get().size() < open.get().offset);
        if (another) {
            LOG.log(System.Logger.Level.INFO, "sensor file {0} was rotated or truncated; reading it anew", path);
            closeFile();
        }
        if (open.isEmpty()) {
            openFile(key, now.get().size(), sink);
            drain(open.get());
        }
    }

    private Optional<BasicFileAttributes> attributes() throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private void openFile(String key, long size, Sink sink) throws IOException {
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        Open[] opened = new Open[1];
        LineBuffer lines = new LineBuffer(
                line -> take(opened[0], line, sink), () -> sink.unreadable("a line is longer than 64 KiB"));
        opened[0] = new Open(channel, key, lines);
        opened[0].lineStart = resumeOffset(key, size);
        resumeAt = Optional.empty();
        open = Optional.of(opened[0]);
    }

    /** Lines that end at or before this offset were kept by a former run. */
    private long resumeOffset(String key, long size) {
        String[] parts = resumeAt.orElse("").split(" of ", -1);
        try {
            long offset = parts.length == 2 && parts[1].equals(key) ? Long.parseLong(parts[0]) : 0;
            return offset <= size ? offset : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private void drain(Open file) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (int read = file.channel.read(chunk, file.offset);
                read > 0 && closed.getCount() > 0;
                read = file.channel.read(chunk, file.offset)) {
            file.offset += read;
            file.lines.add(chunk.array(), read);
            chunk.clear();
        }
    }

    private void take(Open file, String line, Sink sink) {
        Optional<List<String>> fields = CsvLine.parse(line);
        boolean first = !file.headerSeen;
        file.headerSeen = true;
        if (fields.isEmpty()) {
            sink.unreadable("a line is no CSV record");
        } else if (first && (records.isEmpty() || !hasNumber(fields.get()))) {
            takeHeader(CsvLine.header(fields.get()), sink);
        } else if (file.lines.consumed() > file.lineStart && records.isPresent()) {
            records.get().take(fields.get(), file.lines.consumed() + " of " + file.key, sink);
        }
    }

    private void takeHeader(List<String> header, Sink sink) {
        try {
            records = Optional.of(new CsvRecords(header, target, time));
        } catch (IllegalArgumentException e) {
            sink.unreadable(e.getMessage());
        }
    }

    /** A file that goes on without a header after a rotation begins with numbers. */
    private static boolean hasNumber(List<String> fields) {
        return fields.stream().anyMatch(field -> FieldText.of(field).isNumber());
    }

    private void closeFile() throws IOException {
        if (open.isPresent()) {
            open.get().channel.close();
            open = Optional.empty();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
