package dev.tributary.demo.report;

import java.util.Locale;
import java.util.Map;

/** The lines of TRAIN rounds: a header, then one for each round once its version is evaluated. */
public final class RoundTable {
    private final String metric;
    private final boolean withNew;

    /** Lines with this metric ({@code accuracy} or {@code rmse}), of own test parts and, if wished, of new devices. */
    public RoundTable(String metric, boolean withNew) {
        this.metric = metric;
        this.withNew = withNew;
    }

    /** The header. */
    public String header() {
        return line("round", "version", "devices", metric, metric + " new", "loss", "bytes up", "as float32", "seconds");
    }

    /** The line of one round, from its events {@code roundClosed} and {@code evaluated}. */
    public String line(Map<String, Object> closed, Map<String, Object> evaluated) {
        return line(
                text(evaluated.get("trainRound")),
                text(evaluated.get("version")),
                text(closed.get("contributors")) + "/" + text(closed.get("selected")),
                Numbers.metric(metricOf(evaluated.get("own"))),
                Numbers.metric(metricOf(evaluated.get("new"))),
                Numbers.metric(closed.get("loss")),
                Numbers.bytes(Numbers.number(closed.get("bytesUp"))),
                Numbers.bytes(Numbers.number(closed.get("bytesUpFloat32"))),
                Numbers.seconds(closed.get("seconds")));
    }

    private Object metricOf(Object metrics) {
        return metrics instanceof Map<?, ?> map ? map.get(metric) : null;
    }

    private String line(
            String round,
            String version,
            String devices,
            String own,
            String fresh,
            String loss,
            String up,
            String asFloat32,
            String seconds) {
        String middle = withNew ? String.format(Locale.ROOT, "%9s  %12s", own, fresh) : String.format("%9s", own);
        return String.format(
                Locale.ROOT,
                "%6s  %7s  %9s  %s  %9s  %9s  %10s  %7s",
                round,
                version,
                devices,
                middle,
                loss,
                up,
                asFloat32,
                seconds);
    }

    private static String text(Object value) {
        return value == null ? "–" : value.toString();
    }
}
