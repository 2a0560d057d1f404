package dev.tributary.demo.report;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The samples of a page in Prometheus' text format, version 0.0.4. */
public record PrometheusText(List<Sample> samples) {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?\\s+(\\S+)(?:\\s+\\S+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    public PrometheusText {
        samples = List.copyOf(samples);
    }

    /** One value. */
    public record Sample(String name, Map<String, String> labels, double value) {
        public Sample {
            labels = Map.copyOf(labels);
        }

        /** Whether the label has this value. */
        public boolean has(String label, String wanted) {
            return wanted.equals(labels.get(label));
        }
    }

    /** Reads a page; lines that are no samples are left out. */
    public static PrometheusText parse(String page) {
        return new PrometheusText(page.lines()
                .filter(line -> !line.startsWith("#"))
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .map(PrometheusText::sample)
                .filter(sample -> Double.isFinite(sample.value()))
                .toList());
    }

    private static Sample sample(Matcher line) {
        Map<String, String> labels = new HashMap<>();
        if (line.group(2) != null) {
            Matcher label = LABEL.matcher(line.group(2));
            while (label.find()) {
                labels.put(
                        label.group(1),
                        label.group(2)
                                .replace("\\\"", "\"")
                                .replace("\\n", "\n")
                                .replace("\\\\", "\\"));
            }
        }
        return new Sample(line.group(1), labels, number(line.group(3)));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException notFinite) {
            return Double.NaN;
        }
    }

    /** The sum of all samples of this name that {@code wanted} takes, rounded. */
    public long sum(String name, Predicate<Sample> wanted) {
        return Math.round(samples.stream()
                .filter(sample -> sample.name().equals(name))
                .filter(wanted)
                .mapToDouble(Sample::value)
                .sum());
    }
}
