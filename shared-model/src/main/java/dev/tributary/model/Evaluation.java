package dev.tributary.model;

/**
 * How well one model did on the examples of one or many devices, as sums that add up: what a device sends, and what the
 * coordinator reads metrics from.
 *
 * <p>Coordinates of {@link #sums()}: devices, examples, Σ loss; then for classification Σ accuracy of each device and
 * the K×K confusion counts (row truth, column prediction); for regression, K times: Σ RMSE of each device, Σ MAE of each
 * device, Σe², Σ|e|, Σy, Σy², in the output's real unit.
 */
public record Evaluation(Task task, int outputs, Vector sums) {
    private static final int HEADER = 3;
    private static final int PER_OUTPUT = 6;

    public Evaluation {
        if (sums.length() != length(task, outputs)) {
            throw new IllegalArgumentException(
                    "sums length must be " + length(task, outputs) + ", was " + sums.length());
        }
    }

    /** The number of coordinates for this task with K outputs. */
    public static int length(Task task, int outputs) {
        return HEADER + (task == Task.CLASSIFICATION ? 1 + outputs * outputs : PER_OUTPUT * outputs);
    }

    /** Nothing evaluated yet. */
    public static Evaluation empty(Task task, int outputs) {
        return new Evaluation(task, outputs, Vector.zeros(length(task, outputs)));
    }

    /** One device's evaluation of a classifier: K×K counts (row truth, column prediction) and the summed loss. */
    public static Evaluation ofDevice(long[][] confusion, double loss) {
        int outputs = confusion.length;
        double[] sums = new double[length(Task.CLASSIFICATION, outputs)];
        long examples = 0;
        long correct = 0;
        for (int truth = 0; truth < outputs; truth++) {
            for (int predicted = 0; predicted < outputs; predicted++) {
                examples += confusion[truth][predicted];
                sums[HEADER + 1 + truth * outputs + predicted] = confusion[truth][predicted];
            }
            correct += confusion[truth][truth];
        }
        if (examples == 0) {
            return empty(Task.CLASSIFICATION, outputs);
        }
        sums[0] = 1;
        sums[1] = examples;
        sums[2] = loss;
        sums[HEADER] = (double) correct / examples;
        return new Evaluation(Task.CLASSIFICATION, outputs, Vector.of(sums));
    }

    /** One device's evaluation of a regression: truth and prediction, [n][K], in real units, and the summed loss. */
    public static Evaluation ofDevice(double[][] truth, double[][] predicted, int outputs, double loss) {
        int examples = truth.length;
        if (examples == 0) {
            return empty(Task.REGRESSION, outputs);
        }
        double[] sums = new double[length(Task.REGRESSION, outputs)];
        sums[0] = 1;
        sums[1] = examples;
        sums[2] = loss;
        for (int k = 0; k < outputs; k++) {
            double squared = 0;
            double absolute = 0;
            double sum = 0;
            double sumOfSquares = 0;
            for (int i = 0; i < examples; i++) {
                double error = predicted[i][k] - truth[i][k];
                squared += error * error;
                absolute += Math.abs(error);
                sum += truth[i][k];
                sumOfSquares += truth[i][k] * truth[i][k];
            }
            int at = HEADER + PER_OUTPUT * k;
            sums[at] = Math.sqrt(squared / examples);
            sums[at + 1] = absolute / examples;
            sums[at + 2] = squared;
            sums[at + 3] = absolute;
            sums[at + 4] = sum;
            sums[at + 5] = sumOfSquares;
        }
        return new Evaluation(Task.REGRESSION, outputs, Vector.of(sums));
    }

    /** Both together. */
    public Evaluation plus(Evaluation other) {
        return new Evaluation(task, outputs, sums.plus(other.sums));
    }

    /** The number of devices that evaluated at least one example. */
    public long devices() {
        return Math.round(sums.get(0));
    }

    /** The number of examples, over all devices. */
    public long examples() {
        return Math.round(sums.get(1));
    }

    /** The mean loss per example; NaN when nothing was evaluated. */
    public double loss() {
        return sums.get(2) / sums.get(1);
    }

    /** The unweighted mean over devices of each device's accuracy. */
    public double accuracy() {
        requireTask(Task.CLASSIFICATION);
        return sums.get(HEADER) / sums.get(0);
    }

    /** The mean F1 over the classes of the pooled counts; a class absent from truth and prediction is left out. */
    public double macroF1() {
        requireTask(Task.CLASSIFICATION);
        double total = 0;
        int classes = 0;
        for (int c = 0; c < outputs; c++) {
            double truth = 0;
            double predicted = 0;
            for (int other = 0; other < outputs; other++) {
                truth += count(c, other);
                predicted += count(other, c);
            }
            if (truth + predicted > 0) {
                total += 2 * count(c, c) / (truth + predicted);
                classes++;
            }
        }
        return total / classes;
    }

    /** How many examples of class {@code truth} were predicted as {@code predicted}. */
    public double count(int truth, int predicted) {
        requireTask(Task.CLASSIFICATION);
        return sums.get(HEADER + 1 + truth * outputs + predicted);
    }

    /** The unweighted mean over devices of each device's RMSE of this output, in its unit. */
    public double rmse(int output) {
        return regression(output, 0) / sums.get(0);
    }

    /** The unweighted mean over devices of each device's mean absolute error of this output, in its unit. */
    public double mae(int output) {
        return regression(output, 1) / sums.get(0);
    }

    /** 1 − Σe²/Σ(y−ȳ)² of this output over the pooled examples. */
    public double r2(int output) {
        double mean = regression(output, 4) / sums.get(1);
        double total = regression(output, 5) - sums.get(1) * mean * mean;
        return 1 - regression(output, 2) / total;
    }

    private double regression(int output, int offset) {
        requireTask(Task.REGRESSION);
        return sums.get(HEADER + PER_OUTPUT * output + offset);
    }

    private void requireTask(Task required) {
        if (task != required) {
            throw new IllegalStateException("task must be " + required + ", was " + task);
        }
    }
}
