package dev.tributary.agent.simulate;

import dev.tributary.agent.examples.Columns;
import dev.tributary.agent.examples.Row;
import dev.tributary.model.Task;
import dev.tributary.update.DeviceId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Makes the rows of a device of its table: in time order, without those that have no target or no time. */
final class RowBuilder {
    private static final int FEW_ROWS = 10;

    private final Columns columns;
    private final List<String> targets;
    private final Optional<String> time;
    private final TargetGuess guess;

    /** Rows with these columns, among them the targets of a regression. */
    RowBuilder(Columns columns, List<String> targets, Optional<String> time, TargetGuess guess) {
        this.columns = columns;
        this.targets = List.copyOf(targets);
        this.time = time;
        this.guess = guess;
    }

    /** A device, or why its file is none, and what its owner should know. */
    record Outcome(Optional<DeviceData> device, List<DataProblem> problems) {}

    Outcome build(CsvTable table) {
        List<String> told = new ArrayList<>();
        if (table.oddRowCount() > 0) {
            told.add(count(table.oddRowCount(), "row") + " left out for another number of fields than the header ("
                    + table.firstOddRow() + ")");
        }
        if (table.rowCount() == 0 && table.oddRowCount() == 0) {
            return leftOut(table, told, "has a header and no row");
        }
        tellTexts(table, told);
        List<CsvColumn> values = columns.names().stream().map(table::column).toList();
        List<Row> rows = new ArrayList<>(table.rowCount());
        for (int row : order(table, told)) {
            double[] numbers = new double[values.size()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = values.get(i).number(row);
            }
            Optional<String> label = guess.task() == Task.CLASSIFICATION ? label(table, row) : Optional.empty();
            rows.add(Row.of(columns, numbers, label));
        }
        if (rows.isEmpty()) {
            return leftOut(table, told, "has no row with a target");
        }
        if (rows.size() < FEW_ROWS) {
            told.add("has only " + count(rows.size(), "row"));
        } else if (guess.task() == Task.CLASSIFICATION
                && rows.stream().map(Row::label).distinct().count() == 1) {
            told.add("has one class only, " + rows.get(0).label().orElseThrow());
        }
        return new Outcome(
                Optional.of(new DeviceData(new DeviceId(table.file().device()), rows)), problems(table, told));
    }

    private int[] order(CsvTable table, List<String> told) {
        int[] targeted = IntStream.range(0, table.rowCount())
                .filter(row -> hasTarget(table, row))
                .toArray();
        if (targeted.length < table.rowCount()) {
            told.add(count(table.rowCount() - targeted.length, "row") + " without a target left out");
        }
        if (time.isEmpty()) {
            return targeted;
        }
        CsvColumn moments = table.column(time.get());
        int[] ordered = IntStream.of(targeted)
                .filter(row -> !Double.isNaN(moments.moment(row)))
                .boxed()
                .sorted(Comparator.comparingDouble(moments::moment))
                .mapToInt(Integer::intValue)
                .toArray();
        if (ordered.length < targeted.length) {
            told.add(count(targeted.length - ordered.length, "row") + " without a time in " + time.get() + " left out");
        }
        return ordered;
    }

    private boolean hasTarget(CsvTable table, int row) {
        return guess.task() == Task.CLASSIFICATION
                ? label(table, row).isPresent()
                : targets.stream()
                        .noneMatch(target -> Double.isNaN(table.column(target).number(row)));
    }

    private Optional<String> label(CsvTable table, int row) {
        CsvColumn target = table.column(targets.get(0));
        if (!guess.integers()) {
            return target.text(row);
        }
        double number = target.number(row);
        return Double.isNaN(number) ? Optional.empty() : Optional.of(Long.toString((long) number));
    }

    private void tellTexts(CsvTable table, List<String> told) {
        for (String name : columns.names()) {
            CsvColumn column = table.column(name);
            if (column.textCount() > 0) {
                told.add(name + ": " + count(column.textCount(), "cell") + " not a number, read as missing ("
                        + column.firstText() + ")");
            }
        }
    }

    private static Outcome leftOut(CsvTable table, List<String> told, String reason) {
        List<DataProblem> problems = new ArrayList<>(problems(table, told));
        problems.add(DataProblem.leftOut(table.file().name(), reason + "; left out"));
        return new Outcome(Optional.empty(), problems);
    }

    private static List<DataProblem> problems(CsvTable table, List<String> told) {
        return told.stream()
                .map(text -> DataProblem.told(table.file().name(), text))
                .toList();
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
