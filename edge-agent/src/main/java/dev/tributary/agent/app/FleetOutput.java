package dev.tributary.agent.app;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.agent.simulate.DataProblem;
import dev.tributary.agent.simulate.FleetReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a fleet's process says on standard output while it runs; called by one thread. */
sealed interface FleetOutput {
    /** All rows are in memory; nothing is connected yet. */
    void loaded(FleetReport report);

    /** Every device is connected. */
    void ready(FleetReport report, URI broker, URI http);

    /** It was told to stop, and every device is disconnected. */
    void stopped(int devices);

    /** A few lines for a person. */
    record Text(PrintStream out) implements FleetOutput {
        @Override
        public void loaded(FleetReport report) {
            report.toLines().forEach(out::println);
            out.flush();
        }

        @Override
        public void ready(FleetReport report, URI broker, URI http) {
            out.println(report.data().devices().size() + " devices connected to " + broker + "; metrics on " + http
                    + "/metrics; stop with Ctrl-C");
            out.flush();
        }

        @Override
        public void stopped(int devices) {
            out.println(devices + " devices are offline");
            out.flush();
        }
    }

    /** One JSON object per line for a program. */
    record Events(PrintStream out) implements FleetOutput {
        @Override
        public void loaded(FleetReport report) {
            report.data().problems().stream()
                    .filter(problem -> problem.consequence() == DataProblem.Consequence.LEFT_OUT)
                    .forEach(problem -> write("deviceFailed", "device", problem.file(), "reason", problem.problem()));
        }

        @Override
        public void ready(FleetReport report, URI broker, URI http) {
            write(
                    "ready",
                    "devices",
                    report.data().devices().size(),
                    "trainers",
                    report.trainerCount(),
                    "http",
                    http.toString());
        }

        @Override
        public void stopped(int devices) {
            // The end of the process says it.
        }

        private void write(String event, Object... namesAndValues) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("event", event);
            for (int i = 0; i < namesAndValues.length; i += 2) {
                line.put((String) namesAndValues[i], namesAndValues[i + 1]);
            }
            try {
                out.println(JSON.std.asString(line));
                out.flush();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
