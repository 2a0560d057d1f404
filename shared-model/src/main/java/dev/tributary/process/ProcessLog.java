package dev.tributary.process;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The log of a process: one line per record on standard error, {@code INFO} and above, or as {@code TRIBUTARY_LOG_LEVEL}
 * says (error, warn, info, debug, trace, off).
 */
public final class ProcessLog {
    private static final String LEVEL_VARIABLE = "TRIBUTARY_LOG_LEVEL";
    private static final Map<String, Level> LEVELS = Map.of(
            "off", Level.OFF,
            "error", Level.SEVERE,
            "warn", Level.WARNING,
            "warning", Level.WARNING,
            "info", Level.INFO,
            "debug", Level.FINE,
            "trace", Level.FINER);

    /** The levels set here hold while these loggers are reachable, and the log manager itself keeps only weak links. */
    private final List<Logger> kept;

    private ProcessLog(List<Logger> kept) {
        this.kept = kept;
    }

    /** Sets the process's log up; to be called once, first thing in {@code main}. */
    public static void install() {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        // The thread that reports an uncaught exception lives as long as the process, and the log with it.
        ProcessLog log = install(root, System.getenv(), System.err);
        Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> log.uncaught(root, thread, thrown));
    }

    static ProcessLog install(Logger root, Map<String, String> environment, PrintStream out) {
        String asked = environment.getOrDefault(LEVEL_VARIABLE, "").strip().toLowerCase(Locale.ROOT);
        Level level = LEVELS.getOrDefault(asked, Level.INFO);
        for (Handler handler : root.getHandlers()) {
            root.removeHandler(handler);
        }
        root.addHandler(new LineHandler(root, out, level));
        root.setLevel(louderOf(level, Level.INFO));
        // Paho reports what it throws anyway, and Tribuo every training: neither tells an operator anything.
        ProcessLog log = new ProcessLog(List.of(
                root,
                at("dev.tributary", level),
                at("org.eclipse.paho", Level.OFF),
                at("org.tribuo", louderOf(level, Level.SEVERE)),
                at("com.oracle.labs.mlrg", louderOf(level, Level.WARNING)),
                // Flyway warns of each SQLite newer than itself; both report what they throw anyway.
                at("org.flywaydb", louderOf(level, Level.SEVERE)),
                at("com.zaxxer.hikari", louderOf(level, Level.SEVERE))));
        if (!asked.isEmpty() && !LEVELS.containsKey(asked)) {
            root.warning(LEVEL_VARIABLE + " must be one of error, warn, info, debug, trace, off, was \"" + asked
                    + "\"; taking info");
        }
        return log;
    }

    /** The levels in force, by logger; the root's name is empty. */
    Optional<Level> levelOf(String logger) {
        return kept.stream()
                .filter(one -> one.getName().equals(logger))
                .map(Logger::getLevel)
                .findFirst();
    }

    private static Logger at(String name, Level level) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(level);
        return logger;
    }

    private static Level louderOf(Level first, Level second) {
        return first.intValue() >= second.intValue() ? first : second;
    }

    private void uncaught(Logger root, Thread thread, Throwable thrown) {
        LogRecord entry = new LogRecord(Level.SEVERE, "thread \"" + thread.getName() + "\" ended with an exception");
        entry.setLoggerName(ProcessLog.class.getName());
        entry.setThrown(thrown);
        root.log(entry);
    }
}
