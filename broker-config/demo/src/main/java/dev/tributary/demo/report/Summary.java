package dev.tributary.demo.report;

import dev.tributary.demo.event.Outcome;
import dev.tributary.demo.event.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** The end of a run in a few lines: what the federation brought, or did not. */
public final class Summary {
    private static final double SAME = 0.002;
    private static final int SHOWN_LOSSES = 12;

    private Summary() {}

    /**
     * The lines.
     *
     * @param trainLosses of each training round
     */
    public static List<String> lines(Outcome outcome, List<Double> trainLosses, Optional<FleetTraffic> traffic) {
        boolean labels = outcome.isClassification();
        List<String> metrics = labels ? List.of("accuracy", "macroF1") : List.of("rmse", "mae", "r2");
        TextTable table = new TextTable();
        table.row(
                labels
                        ? List.of("", "accuracy", "macro F1", "devices", "examples")
                        : List.of("", "RMSE", "MAE", "R2", "devices", "examples"));
        addRow(table, "federation, own test rows", outcome.own(), metrics);
        addRow(table, "federation, new devices", outcome.onNew(), metrics);
        addRow(table, "personal models, own test rows", outcome.personal(), metrics);
        addRow(table, "local-only, own test rows", outcome.localOnly(), metrics);
        addRow(table, labels ? "baseline, majority label" : "baseline, mean", outcome.baseline(), metrics);
        List<String> lines = new ArrayList<>();
        lines.add("Finished after "
                + Show.count(outcome.trainRounds(), "round") + " and " + Show.seconds(outcome.seconds()) + " s"
                + (outcome.reason().isEmpty() ? "" : ": " + outcome.reason()) + ".");
        lines.add("");
        lines.addAll(table.lines());
        lines.add("");
        lines.add(verdict(outcome));
        if (!trainLosses.isEmpty()) {
            lines.add(loss(trainLosses));
        }
        traffic.ifPresent(bytes -> lines.add(traffic(bytes)));
        lines.add("Model version " + outcome.modelVersion() + ", SHA-256 of its weights " + outcome.weightsSha256()
                + ".");
        return lines;
    }

    private static void addRow(TextTable table, String name, Optional<Scores> scores, List<String> metrics) {
        if (scores.isEmpty()) {
            return;
        }
        List<String> cells = new ArrayList<>();
        cells.add(name);
        metrics.forEach(metric -> cells.add(Show.metric(scores.get().get(metric))));
        cells.add(count(scores.get(), "devices"));
        cells.add(count(scores.get(), "examples"));
        table.row(cells);
    }

    private static String count(Scores scores, String name) {
        OptionalDouble value = scores.get(name);
        return value.isPresent() ? Long.toString(Math.round(value.getAsDouble())) : "-";
    }

    /** What federation brought, in one sentence, whichever way it went. */
    static String verdict(Outcome outcome) {
        String name = outcome.isClassification() ? "accuracy" : "rmse";
        String shown = outcome.isClassification() ? "accuracy" : "RMSE";
        OptionalDouble own = metric(outcome.personal().or(outcome::own), name);
        OptionalDouble local = metric(outcome.localOnly(), name);
        OptionalDouble onNew = metric(outcome.onNew(), name);
        String forNew = onNew.isEmpty()
                ? ""
                : "; devices that never took part get " + shown + " " + Show.metric(onNew) + " without training";
        if (own.isEmpty() || local.isEmpty()) {
            return "There is nothing to compare the federation with" + forNew + ".";
        }
        double gain = outcome.isClassification()
                ? own.getAsDouble() - local.getAsDouble()
                : local.getAsDouble() - own.getAsDouble();
        double scale = outcome.isClassification() ? 1 : Math.abs(local.getAsDouble());
        String both = shown + " " + Show.metric(own) + " against " + Show.metric(local);
        if (Math.abs(gain) <= SAME * scale) {
            return "Federation and each device alone do equally well on the devices' own rows: " + both + forNew + ".";
        }
        return gain > 0
                ? "Federation is better than each device alone by " + Show.metric(OptionalDouble.of(gain)) + ": " + both
                        + forNew + "."
                : "Federation does not pay on the devices' own rows, each device alone is better by "
                        + Show.metric(OptionalDouble.of(-gain)) + ": " + both + forNew + ".";
    }

    /** The loss of each round, or of the first and the last where there are many. */
    private static String loss(List<Double> losses) {
        if (losses.size() > SHOWN_LOSSES) {
            return "Training loss: " + shown(losses.get(0)) + " in the first round, "
                    + shown(losses.get(losses.size() - 1)) + " in the last.";
        }
        return "Training loss by round: " + losses.stream().map(Summary::shown).collect(Collectors.joining(", ")) + ".";
    }

    private static String shown(double value) {
        return Show.metric(OptionalDouble.of(value));
    }

    private static OptionalDouble metric(Optional<Scores> scores, String name) {
        return scores.map(some -> some.get(name)).orElse(OptionalDouble.empty());
    }

    private static String traffic(FleetTraffic bytes) {
        String factor = bytes.up() > 0
                ? String.format(Locale.ROOT, ", %.1f times as much", (double) bytes.upFloat32() / bytes.up())
                : "";
        return "The devices sent " + Show.bytes(bytes.up()) + " of updates (float32: " + Show.bytes(bytes.upFloat32())
                + factor + ") and " + Show.bytes(bytes.upOther()) + " of all else, and received "
                + Show.bytes(bytes.down()) + ".";
    }
}
