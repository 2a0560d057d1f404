package dev.tributary.demo.report;

import dev.tributary.demo.event.Event;
import dev.tributary.demo.event.Scores;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** One line for each TRAIN or SOLVE round, once its model is evaluated; not thread-safe. */
public final class RoundTable {
    private final boolean classification;
    private final boolean showNew;
    private Optional<Event.RoundClosed> trained = Optional.empty();
    private long trainRound;
    private boolean headerShown;

    /** A table whose metric is accuracy or RMSE, with a column for new devices if there are any. */
    public RoundTable(boolean classification, boolean showNew) {
        this.classification = classification;
        this.showNew = showNew;
    }

    /** A round has ended: the lines that can be shown now. */
    public List<String> closed(Event.RoundClosed round) {
        if (!round.committed()) {
            return List.of("round " + round.round() + " (" + round.kind() + ") abandoned: " + round.reason());
        }
        if (round.kind().equals("STATISTICS")) {
            return List.of(String.format(
                    Locale.ROOT,
                    "Statistics of %s merged in %s s%s.",
                    Show.count(round.contributors(), "device"),
                    Show.seconds(round.seconds()),
                    missing(round)));
        }
        if (!round.kind().equals("TRAIN") && !round.kind().equals("SOLVE")) {
            return List.of();
        }
        List<String> lines = flush();
        trained = Optional.of(round);
        trainRound++;
        return lines;
    }

    private static String missing(Event.RoundClosed round) {
        String declined = round.declined() > 0 ? ", " + round.declined() + " declined" : "";
        return round.rejected() > 0 ? declined + ", " + round.rejected() + " rejected" : declined;
    }

    /** A version was evaluated: the lines that can be shown now. */
    public List<String> evaluated(Event.Evaluated evaluation) {
        if (trained.isEmpty()) {
            return List.of();
        }
        return show(evaluation.trainRound(), Long.toString(evaluation.version()), evaluation.own(), evaluation.onNew());
    }

    /** The line of a round whose model was never evaluated. */
    public List<String> flush() {
        return trained.isEmpty() ? List.of() : show(trainRound, "-", Optional.empty(), Optional.empty());
    }

    private List<String> show(long number, String version, Optional<Scores> own, Optional<Scores> onNew) {
        Event.RoundClosed round = trained.orElseThrow();
        trained = Optional.empty();
        List<String> lines = new ArrayList<>();
        if (!headerShown) {
            lines.add(
                    line("round", "model", "devices", metric() + " own", "new", "loss", "up", "as float32", "seconds"));
            headerShown = true;
        }
        lines.add(line(
                Long.toString(number),
                version,
                round.contributors() + "/" + round.selected(),
                value(own),
                value(onNew),
                Show.metric(round.loss()),
                Show.bytes(round.bytesUp()),
                Show.bytes(round.bytesUpFloat32()),
                String.format(Locale.ROOT, "%.2f", round.seconds())));
        return lines;
    }

    private String line(String... cells) {
        String shownNew = showNew ? String.format(Locale.ROOT, " %8s", cells[4]) : "";
        return String.format(
                Locale.ROOT,
                "%5s %6s %9s %13s%s %9s %9s %11s %8s",
                cells[0],
                cells[1],
                cells[2],
                cells[3],
                shownNew,
                cells[5],
                cells[6],
                cells[7],
                cells[8]);
    }

    private String metric() {
        return classification ? "accuracy" : "RMSE";
    }

    private String value(Optional<Scores> scores) {
        String name = classification ? "accuracy" : "rmse";
        return Show.metric(scores.map(some -> some.get(name)).orElse(OptionalDouble.empty()));
    }
}
