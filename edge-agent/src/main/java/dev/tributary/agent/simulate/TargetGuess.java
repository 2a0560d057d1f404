package dev.tributary.agent.simulate;

import dev.tributary.model.Task;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the target columns say about the task.
 *
 * @param integers whether every label is an integer, to be written as one
 * @param because one line for the user
 */
record TargetGuess(Task task, boolean integers, String because) {
    /** A target of integers with more values than this is a quantity. */
    static final int MAX_INTEGER_LABELS = 20;

    /** The task of these targets over all tables. */
    static TargetGuess of(List<String> targets, List<CsvTable> tables, Optional<Task> asked) {
        if (targets.size() > 1) {
            if (asked.equals(Optional.of(Task.CLASSIFICATION))) {
                throw new UnusableDataException("--task classification needs one target, not " + targets.size());
            }
            targets.forEach(target -> requireNumbers(target, tables));
            return new TargetGuess(Task.REGRESSION, false, targets.size() + " numeric targets → regression");
        }
        String target = targets.get(0);
        boolean text = isText(target, tables);
        boolean integers = !text && isInteger(target, tables);
        Optional<Integer> values = text ? Optional.empty() : distinct(target, tables);
        if (asked.isPresent()) {
            if (asked.get() == Task.REGRESSION) {
                requireNumbers(target, tables);
            }
            return new TargetGuess(asked.get(), integers, "as told → " + word(asked.get()));
        }
        if (text) {
            return new TargetGuess(Task.CLASSIFICATION, false, "text → classification");
        }
        if (integers && values.isPresent()) {
            return new TargetGuess(
                    Task.CLASSIFICATION, true, "integers with " + values.get() + " values → classification");
        }
        return new TargetGuess(Task.REGRESSION, false, "numeric → regression");
    }

    private static String word(Task task) {
        return task == Task.CLASSIFICATION ? "classification" : "regression";
    }

    private static void requireNumbers(String target, List<CsvTable> tables) {
        if (isText(target, tables)) {
            CsvTable first = tables.stream()
                    .filter(table -> table.column(target).textCount() > 0)
                    .findFirst()
                    .orElseThrow();
            throw new UnusableDataException("target " + target + " is text ("
                    + first.file().name() + ", " + first.column(target).firstText() + "): regression needs numbers");
        }
    }

    /** Most cells decide: a few words among numbers are mistakes, and a few numbers among words are labels. */
    private static boolean isText(String target, List<CsvTable> tables) {
        long texts = 0;
        long numbers = 0;
        for (CsvTable table : tables) {
            texts += table.column(target).textCount();
            numbers += table.column(target).numberCount();
        }
        return texts > numbers;
    }

    private static boolean isInteger(String target, List<CsvTable> tables) {
        return tables.stream().map(table -> table.column(target)).allMatch(CsvColumn::isIntegers);
    }

    private static Optional<Integer> distinct(String target, List<CsvTable> tables) {
        Set<Double> all = new HashSet<>();
        for (CsvTable table : tables) {
            Optional<Set<Double>> some = table.column(target).distinctNumbers(MAX_INTEGER_LABELS);
            if (some.isEmpty()) {
                return Optional.empty();
            }
            all.addAll(some.get());
        }
        return all.size() > MAX_INTEGER_LABELS ? Optional.empty() : Optional.of(all.size());
    }
}
