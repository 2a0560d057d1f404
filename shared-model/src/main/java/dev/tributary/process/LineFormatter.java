package dev.tributary.process;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** One line per record: UTC time, level, short logger, message, and the chain of causes; the stack follows if asked. */
final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final int MAX_CAUSES = 5;

    private final boolean stacks;

    LineFormatter(boolean stacks) {
        this.stacks = stacks;
    }

    @Override
    public String format(LogRecord record) {
        StringBuilder line = new StringBuilder(128)
                .append(TIME.format(record.getInstant()))
                .append(' ')
                .append(word(record.getLevel()))
                .append(' ')
                .append(shortName(record.getLoggerName()))
                .append(": ");
        appendOnOneLine(line, formatMessage(record));
        Throwable cause = record.getThrown();
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            line.append(depth == 0 ? " (" : " < ");
            appendOnOneLine(line, shortText(cause));
        }
        if (record.getThrown() != null) {
            line.append(')');
        }
        line.append('\n');
        if (stacks && record.getThrown() != null) {
            line.append(stack(record.getThrown()));
        }
        return line.toString();
    }

    private static String shortText(Throwable cause) {
        String name = shortName(cause.getClass().getName());
        return cause.getMessage() == null ? name : name + ": " + cause.getMessage();
    }

    private static String shortName(String name) {
        return name == null || name.isEmpty() ? "root" : name.substring(name.lastIndexOf('.') + 1);
    }

    private static String word(Level level) {
        int value = level.intValue();
        if (value >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (value >= Level.WARNING.intValue()) {
            return "WARN ";
        }
        if (value >= Level.CONFIG.intValue()) {
            return "INFO ";
        }
        return value >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** Nobody can forge a record: what comes from a message or a file cannot begin a line of its own. */
    private static void appendOnOneLine(StringBuilder line, String text) {
        text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    }

    private static String stack(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
