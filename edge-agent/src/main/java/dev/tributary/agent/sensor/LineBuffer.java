package dev.tributary.agent.sensor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts bytes into UTF-8 lines and keeps the last, partial one; a line that is too long is dropped and told. */
final class LineBuffer {
    private static final int MAX_LINE_BYTES = 1 << 16;

    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Consumer<String> lines;
    private final Runnable tooLong;
    private boolean dropping;
    private long consumed;

    LineBuffer(Consumer<String> lines, Runnable tooLong) {
        this.lines = lines;
        this.tooLong = tooLong;
    }

    void add(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            consumed++;
            if (bytes[i] == '\n') {
                end();
            } else if (line.size() < MAX_LINE_BYTES) {
                line.write(bytes[i]);
            } else {
                dropping = true;
            }
        }
    }

    /** How many bytes were cut, the partial line not counted, while a line is told the bytes up to its end. */
    long consumed() {
        return consumed;
    }

    /** Takes the partial line as a whole one, if there is one. */
    void end() {
        String text = line.toString(StandardCharsets.UTF_8);
        boolean dropped = dropping;
        line.reset();
        dropping = false;
        if (dropped) {
            tooLong.run();
        } else if (!text.isBlank()) {
            lines.accept(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        }
    }
}
