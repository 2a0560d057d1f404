package dev.tributary.process;

import java.io.PrintStream;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Writes each record as one line to a stream, and stays on its logger until the process has ended. */
final class LineHandler extends Handler {
    private final Logger root;
    private final PrintStream out;

    LineHandler(Logger root, PrintStream out, Level level) {
        this.root = root;
        this.out = out;
        setLevel(level);
        setFormatter(new LineFormatter(level.intValue() <= Level.FINE.intValue()));
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            out.print(getFormatter().format(record));
            out.flush();
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    /**
     * Goes back to its logger. The JDK takes all handlers away in a shutdown hook that runs beside ours, and what
     * happens while a process stops is what one wants to read.
     */
    @Override
    public void close() {
        root.removeHandler(this);
        root.addHandler(this);
    }
}
