package dev.tributary.chaos.report;

import dev.tributary.chaos.fault.FaultKind;
import dev.tributary.chaos.verdict.Findings;
import dev.tributary.chaos.verdict.Metric;
import dev.tributary.chaos.verdict.Recovery;
import dev.tributary.demo.report.Show;
import dev.tributary.demo.report.TextTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The outcome for a person: a table of faults, then what was promised and whether it held. */
public final class OutcomeText {
    private static final int SHOWN_VIOLATIONS = 20;

    private OutcomeText() {}

    /** All lines. */
    public static List<String> lines(Outcome outcome) {
        List<String> lines = new ArrayList<>(faults(outcome.recoveries()));
        lines.add("");
        Findings findings = outcome.findings();
        lines.add(Show.count(findings.acknowledged(), "update") + " acknowledged, "
                + findings.counted() + " counted: " + findings.lost().size() + " lost, "
                + findings.doubled().size() + " counted twice");
        lines.add(Show.count(findings.versions(), "version") + ", "
                + findings.gaps().size() + " gaps; " + findings.refolded() + " of "
                + Math.max(0, findings.versions() - 1) + " refolded bit for bit from their contributors' updates");
        metric(outcome.reached(), outcome.reference()).ifPresent(lines::add);
        List<String> violations = outcome.violations();
        if (violations.isEmpty()) {
            lines.add("Everything that was promised held.");
        } else {
            lines.add(Show.count(violations.size(), "promise") + " broken:");
            violations.stream().limit(SHOWN_VIOLATIONS).forEach(one -> lines.add("  " + one));
            if (violations.size() > SHOWN_VIOLATIONS) {
                lines.add("  and " + (violations.size() - SHOWN_VIOLATIONS) + " more");
            }
        }
        return lines;
    }

    private static Optional<String> metric(Optional<Metric> reached, Optional<Metric> reference) {
        return reached.flatMap(with -> reference.map(without -> String.format(
                java.util.Locale.ROOT,
                "%s at version %d on %d devices: %.4f, without faults %.4f (%+.2f %%)",
                with.name(),
                with.version(),
                with.devices(),
                with.value(),
                without.value(),
                100 * (with.value() - without.value()) / without.value())));
    }

    private static List<String> faults(List<Recovery> recoveries) {
        TextTable table = new TextTable();
        table.row(List.of("fault", "injected", "survived", "recovered after: median", "longest"));
        for (FaultKind kind : FaultKind.values()) {
            List<Recovery> of = recoveries.stream()
                    .filter(one -> one.fault().kind() == kind)
                    .toList();
            if (!of.isEmpty()) {
                table.row(row(kind.words(), of));
            }
        }
        table.row(row("all", recoveries));
        return table.lines();
    }

    private static List<String> row(String name, List<Recovery> of) {
        List<Duration> times = of.stream()
                .map(Recovery::after)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        return List.of(
                name,
                Integer.toString(of.size()),
                Integer.toString(times.size()),
                times.isEmpty() ? "-" : seconds(times.get(times.size() / 2)),
                times.isEmpty() ? "-" : seconds(times.get(times.size() - 1)));
    }

    private static String seconds(Duration duration) {
        return Show.seconds(duration.toMillis() / 1000.0) + " s";
    }
}
