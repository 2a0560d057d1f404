package dev.tributary.agent.sensor;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;

/** A CSV file with a header, also gzipped, read once from where the last run stopped to its end. */
public final class CsvFileSource implements SensorSource {
    private final Path path;
    private final Optional<String> target;
    private final Optional<String> time;
    private final Duration interval;
    private final Optional<String> resumeAt;
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * A source that waits {@code interval} between two readings.
     *
     * @param target the label's column; the last one if empty
     * @param resumeAt the position of the last reading that was kept
     */
    public CsvFileSource(
            Path path, Optional<String> target, Optional<String> time, Duration interval, Optional<String> resumeAt) {
        this.path = path;
        this.target = target;
        this.time = time;
        this.interval = interval;
        this.resumeAt = resumeAt;
    }

    @Override
    public void run(Sink sink) throws IOException, InterruptedException {
        try (InputStream file = Files.newInputStream(path);
                InputStream plain = path.toString().endsWith(".gz") ? new GZIPInputStream(file) : file;
                CsvReader<CsvRecord> reader = CsvReader.builder()
                        .allowExtraFields(true)
                        .allowMissingFields(true)
                        .ofCsvRecord(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
            read(reader.iterator(), Files.size(path), sink);
        } catch (CsvParseException | UncheckedIOException e) {
            throw new IOException("sensor file " + path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private void read(Iterator<CsvRecord> records, long size, Sink sink) throws IOException, InterruptedException {
        if (!records.hasNext()) {
            throw new IOException("sensor file " + path + " is empty");
        }
        CsvRecords mapping = new CsvRecords(CsvLine.header(records.next().getFields()), target, time);
        long skip = rowsToSkip(size);
        for (long row = 1; records.hasNext() && closed.getCount() > 0; row++) {
            CsvRecord next = records.next();
            if (row > skip) {
                mapping.take(next.getFields(), row + " of " + size, sink);
                if (!interval.isZero() && closed.await(interval.toNanos(), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        }
    }

    /** A file that has shrunk is another one. */
    private long rowsToSkip(long size) {
        String[] parts = resumeAt.orElse("").split(" of ", -1);
        try {
            return parts.length == 2 && Long.parseLong(parts[1]) <= size ? Long.parseLong(parts[0]) : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
