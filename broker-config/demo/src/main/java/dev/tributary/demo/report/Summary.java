package dev.tributary.demo.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a federation brought: own, new, local-only and baseline side by side, and a sentence. */
public final class Summary {
    private final Map<String, Object> finished;
    private final boolean classification;

    /** The summary of the event {@code finished}. */
    public Summary(Map<String, Object> finished) {
        this.finished = finished;
        this.classification = "CLASSIFICATION".equals(finished.get("task"));
    }

    /** Its lines. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-11s %9s %9s %9s %8s   %s",
                "",
                classification ? "accuracy" : "rmse",
                classification ? "macro-F1" : "mae",
                classification ? "" : "r2",
                "devices",
                "evaluated on"));
        row(lines, "own", "own", "each training device's test part");
        row(lines, "new", "new", "all rows of devices that the model never saw");
        row(lines, "local-only", "localOnly", "the same test parts, each device's own model trained alone");
        row(lines, "baseline", "baseline", classification ? "the same, always the commonest label" : "the same, always the mean");
        lines.add(sentence());
        return lines;
    }

    private void row(List<String> lines, String title, String key, String what) {
        if (finished.get(key) instanceof Map<?, ?> metrics) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-11s %9s %9s %9s %8s   %s",
                    title,
                    Numbers.metric(metrics.get(classification ? "accuracy" : "rmse")),
                    Numbers.metric(metrics.get(classification ? "macroF1" : "mae")),
                    classification ? "" : Numbers.metric(metrics.get("r2")),
                    metrics.get("devices"),
                    what));
        }
    }

    private String sentence() {
        Double own = value("own");
        Double local = value("localOnly");
        Double fresh = value("new");
        if (own == null || local == null) {
            return "";
        }
        String metric = classification ? "accuracy" : "RMSE";
        boolean better = classification ? own > local : own < local;
        String first = String.format(
                Locale.ROOT,
                better
                        ? "Federation helps the devices that took part: %s %.4f instead of %.4f alone."
                        : "The devices that took part do better alone on their own data: %s %.4f federated, %.4f alone.",
                metric,
                own,
                local);
        return fresh == null
                ? first
                : first
                        + String.format(
                                Locale.ROOT,
                                " A device that never trained gets %s %.4f from the first minute.",
                                metric,
                                fresh);
    }

    private Double value(String key) {
        return finished.get(key) instanceof Map<?, ?> metrics
                        && metrics.get(classification ? "accuracy" : "rmse") instanceof Number number
                ? Double.valueOf(number.doubleValue())
                : null;
    }
}
