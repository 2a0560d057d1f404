package dev.tributary.model;

import dev.tributary.model.ParameterLayout.Block;

/** Which function of its inputs a model is, and so which blocks of weights it has. */
public sealed interface Architecture {
    /** A linear model. */
    Architecture LINEAR = new Linear();

    /** The blocks of weights between {@code features} inputs and {@code outputs} outputs; each one's last column is the bias. */
    ParameterLayout layout(Task task, int features, int outputs);

    /** The number of weights between so many inputs and outputs, which may be more than an int holds. */
    long size(Task task, int features, int outputs);

    /** One block, {@code linear}: outputs × (features + 1). */
    record Linear() implements Architecture {
        @Override
        public ParameterLayout layout(Task task, int features, int outputs) {
            return ParameterLayout.of(new Block("linear", outputs, Math.addExact(features, 1)));
        }

        @Override
        public long size(Task task, int features, int outputs) {
            return (features + 1L) * outputs;
        }
    }

    /**
     * One hidden layer of rectified linear units: {@code hidden}, units × (features + 1), then {@code output},
     * outputs × (units + 1), which for two labels has one row: the sigmoid unit of the second.
     */
    record Perceptron(int hiddenUnits) implements Architecture {
        public Perceptron {
            if (hiddenUnits < 1) {
                throw new IllegalArgumentException("hiddenUnits must be >= 1, was " + hiddenUnits);
            }
        }

        @Override
        public ParameterLayout layout(Task task, int features, int outputs) {
            return ParameterLayout.of(
                    new Block("hidden", hiddenUnits, Math.addExact(features, 1)),
                    new Block("output", outputUnits(task, outputs), Math.addExact(hiddenUnits, 1)));
        }

        @Override
        public long size(Task task, int features, int outputs) {
            return (features + 1L) * hiddenUnits + (hiddenUnits + 1L) * outputUnits(task, outputs);
        }

        private static int outputUnits(Task task, int outputs) {
            return task == Task.CLASSIFICATION && outputs == 2 ? 1 : outputs;
        }
    }
}
