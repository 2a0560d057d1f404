package dev.tributary.agent.sensor;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stream of JSON objects, one a line, each a reading; fields may differ between lines. */
public final class JsonLinesSource implements SensorSource {
    private static final String DEFAULT_TARGET = "label";
    private static final int CHUNK_BYTES = 8192;

    private final InputStream input;
    private final ReadingFormat format;
    private volatile boolean closed;

    /** The readings of {@code input}; the label is in {@code target}, or in {@code label} if that is empty. */
    public JsonLinesSource(InputStream input, Optional<String> target, Optional<String> time) {
        this.input = input;
        this.format = new ReadingFormat(target.orElse(DEFAULT_TARGET), time);
    }

    @Override
    public void run(Sink sink) throws IOException {
        LineBuffer lines = new LineBuffer(line -> take(line, sink), () -> sink.unreadable("a line is too long"));
        byte[] chunk = new byte[CHUNK_BYTES];
        for (int read = input.read(chunk); read >= 0 && !closed; read = input.read(chunk)) {
            lines.add(chunk, read);
        }
        lines.end();
    }

    private void take(String line, Sink sink) {
        Map<String, Object> fields;
        try {
            fields = JSON.std.mapFrom(line);
        } catch (IOException e) {
            sink.unreadable("a line is no JSON object: " + firstLine(e.getMessage()));
            return;
        }
        List<String> names = new ArrayList<>(fields.keySet());
        names.sort(null);
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            texts.add(fields.get(name) == null ? "" : fields.get(name).toString());
        }
        sink.reading(format.reading(format.columns(names), names, texts, ""));
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        closed = true;
    }
}
