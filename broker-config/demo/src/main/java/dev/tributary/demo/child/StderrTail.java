package dev.tributary.demo.child;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.regex.Pattern;

/** The last lines that a process wrote to standard error; safe from any thread. */
final class StderrTail {
    private static final int KEPT = 60;
    /** Time and level of our processes' log. */
    private static final Pattern RECORD = Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ (ERROR|WARN|INFO|DEBUG|TRACE) +");

    private static final Pattern QUIET_RECORD =
            Pattern.compile("^\\d{4}-\\d\\d-\\d\\dT\\S+ (INFO|DEBUG|TRACE) .*", Pattern.DOTALL);

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == KEPT) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** The last line that is neither a stack frame nor everyday news, without its time and level; else the last at all. */
    synchronized String lastWords() {
        String last = "";
        for (Iterator<String> backwards = lines.descendingIterator(); backwards.hasNext(); ) {
            String line = backwards.next();
            if (line.isBlank()) {
                continue;
            }
            boolean frame = Character.isWhitespace(line.charAt(0)) || line.startsWith("...");
            if (!frame && !QUIET_RECORD.matcher(line).matches()) {
                return plain(line);
            }
            last = last.isEmpty() ? plain(line) : last;
        }
        return last;
    }

    synchronized String text() {
        return String.join("\n", lines);
    }

    private static String plain(String line) {
        return RECORD.matcher(line).replaceFirst("").strip();
    }
}
