package dev.tributary.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ProcessLogTest {
    /** Stands for the root logger, whose handlers the test run needs itself. */
    private final Logger root = Logger.getLogger("dev.tributary.process.test-root");

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private ProcessLog install(String level) {
        root.setUseParentHandlers(false);
        return ProcessLog.install(
                root, Map.of("TRIBUTARY_LOG_LEVEL", level), new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    private String text() {
        return written.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void restore() {
        Logger.getLogger("dev.tributary").setLevel(null);
    }

    @Test
    void format_record_isOneLine() {
        LogRecord entry = new LogRecord(Level.WARNING, "device {0} is\nlate");
        entry.setParameters(new Object[] {"pump\r\n2026"});
        entry.setLoggerName("dev.tributary.coordinator.round.RoundLoop");
        entry.setInstant(Instant.parse("2026-02-03T04:05:06.007Z"));
        entry.setThrown(new IllegalStateException("no room", new IOException("disk full")));
        assertThat(new LineFormatter(false).format(entry))
                .isEqualTo("2026-02-03T04:05:06.007Z WARN  RoundLoop: device pump  2026 is late"
                        + " (IllegalStateException: no room < IOException: disk full)\n");
        assertThat(new LineFormatter(true).format(entry)).contains("\tat ").contains("Caused by: ");
    }

    @Test
    void install_levels_ownLoggersFollowOthersAreQuiet() {
        ProcessLog log = install("debug");
        assertThat(log.levelOf("dev.tributary")).contains(Level.FINE);
        assertThat(log.levelOf("org.eclipse.paho")).contains(Level.OFF);
        assertThat(log.levelOf("org.tribuo")).contains(Level.SEVERE);
        assertThat(log.levelOf("org.flywaydb")).contains(Level.SEVERE);
        assertThat(root.getLevel()).isEqualTo(Level.INFO);
    }

    @Test
    void install_unknownLevel_isSaidAndInfoTaken() {
        ProcessLog log = install("loud");
        assertThat(log.levelOf("dev.tributary")).contains(Level.INFO);
        assertThat(text())
                .contains("TRIBUTARY_LOG_LEVEL must be one of error, warn, info, debug, trace, off, was \"loud\"");
    }

    @Test
    void handler_closedByTheShutdown_staysInForce() {
        install("info");
        root.getHandlers()[0].close();
        root.log(Level.INFO, "last words");
        assertThat(text().lines().filter(line -> line.endsWith("last words"))).hasSize(1);
    }
}
