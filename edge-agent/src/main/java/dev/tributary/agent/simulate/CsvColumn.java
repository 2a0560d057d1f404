package dev.tributary.agent.simulate;

import dev.tributary.agent.sensor.FieldText;
import dev.tributary.agent.sensor.TimeText;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One column of a file while it is read and after: numbers, and texts where the cells are no numbers. */
final class CsvColumn {
    private static final int FIRST_CAPACITY = 512;
    private static final double NANOS_PER_SECOND = 1e9;

    private final String name;
    private final boolean keepsTexts;
    private final Map<String, String> distinct = new HashMap<>();
    private double[] numbers = new double[FIRST_CAPACITY];
    private double[] seconds = new double[0];
    private String[] texts = new String[0];
    private int size;
    private int missingCount;
    private int textCount;
    private int instantCount;
    private long firstTextLine;
    private String firstText = "";

    /** An empty column; {@code keepsTexts} keeps the text of numbers too. */
    CsvColumn(String name, boolean keepsTexts) {
        this.name = name;
        this.keepsTexts = keepsTexts;
    }

    /** The cell {@code text}, of the line with this number. */
    void add(String text, long line) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * size);
        }
        String cell = text.strip();
        double number = number(cell);
        numbers[size++] = number;
        if (keepsTexts) {
            keep(cell);
        }
        if (cell.isEmpty()
                || (Double.isNaN(number)
                        && !keepsTexts
                        && FieldText.of(cell).flaw().isEmpty())) {
            missingCount++;
        } else if (Double.isNaN(number)) {
            addText(cell, line);
        }
    }

    private void addText(String cell, long line) {
        if (textCount++ == 0) {
            firstTextLine = line;
            firstText = cell;
        }
        boolean mayBeDate = !keepsTexts && instantCount == textCount - 1;
        double instant = mayBeDate ? secondsOf(cell) : Double.NaN;
        if (!Double.isNaN(instant)) {
            instantCount++;
            if (seconds.length < numbers.length) {
                int filled = seconds.length;
                seconds = Arrays.copyOf(seconds, numbers.length);
                Arrays.fill(seconds, filled, seconds.length, Double.NaN);
            }
            seconds[size - 1] = instant;
        }
    }

    private static double secondsOf(String cell) {
        return TimeText.parse(cell)
                .map(instant -> instant.getEpochSecond() + instant.getNano() / NANOS_PER_SECOND)
                .orElse(Double.NaN);
    }

    private void keep(String cell) {
        if (texts.length < numbers.length) {
            texts = Arrays.copyOf(texts, numbers.length);
        }
        texts[size - 1] = distinct.computeIfAbsent(cell, same -> same);
    }

    private static double number(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            double value = Double.parseDouble(cell);
            return Double.isFinite(value) ? value : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    String name() {
        return name;
    }

    int size() {
        return size;
    }

    /** Cells that are empty, or say that they are missing. */
    int missingCount() {
        return missingCount;
    }

    /** Cells that are neither missing nor a finite number. */
    int textCount() {
        return textCount;
    }

    int numberCount() {
        return size - missingCount - textCount;
    }

    /** Whether there are cells, and all that are not missing are dates. */
    boolean isDates() {
        return instantCount > 0 && instantCount == size - missingCount;
    }

    /** Whether there are cells, and all that are not missing are numbers in this range. */
    boolean isWithin(double minimum, double maximum) {
        return numberCount() > 0
                && textCount == 0
                && Arrays.stream(numbers, 0, size)
                        .filter(value -> !Double.isNaN(value))
                        .allMatch(value -> value >= minimum && value <= maximum);
    }

    /** Whether all numbers are integers. */
    boolean isIntegers() {
        return Arrays.stream(numbers, 0, size).allMatch(value -> Double.isNaN(value) || value == Math.rint(value));
    }

    /** The number at a row; NaN where there is none. */
    double number(int row) {
        return numbers[row];
    }

    /** What a row is ordered by, when this is the time: seconds of a date, or a number; NaN where there is neither. */
    double moment(int row) {
        return row < seconds.length && !Double.isNaN(seconds[row]) ? seconds[row] : numbers[row];
    }

    /** The distinct numbers, or nothing when there are more than {@code limit}. */
    Optional<Set<Double>> distinctNumbers(int limit) {
        Set<Double> found = new HashSet<>();
        for (int row = 0; row < size; row++) {
            if (!Double.isNaN(numbers[row]) && found.add(numbers[row]) && found.size() > limit) {
                return Optional.empty();
            }
        }
        return Optional.of(found);
    }

    /** The text at a row; empty when the cell is, or when texts are not kept. */
    Optional<String> text(int row) {
        return texts.length == 0 || texts[row].isEmpty() ? Optional.empty() : Optional.of(texts[row]);
    }

    /** The first cell that is text, and its line, for a message. */
    String firstText() {
        return "line " + firstTextLine + ": \""
                + (firstText.length() > 40 ? firstText.substring(0, 40) + "…" : firstText) + "\"";
    }
}
