package dev.tributary.agent.examples;

import dev.tributary.learning.Examples;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import java.util.ArrayList;
import java.util.List;

/** The rules that divide a device's examples, in time order, into a train part and a test part. */
public final class Split {
    /** Length of the blocks that a growing store is divided in. */
    public static final int LIVE_BLOCK = 10;

    private static final int LIVE_TRAIN = 7;
    private static final double TRAIN_SHARE = 0.7;
    private static final double FIT_SHARE = 0.8;

    private Split() {}

    /** Both parts, each in time order. */
    public record Parts(List<Examples.RawExample> train, List<Examples.RawExample> test) {
        public Parts {
            train = List.copyOf(train);
            test = List.copyOf(test);
        }
    }

    /** The rule of the schema's task for a data set that does not grow. */
    public static Parts of(ModelSchema schema, List<Examples.RawExample> rows) {
        return schema.task() == Task.CLASSIFICATION ? byClass(schema.outputs().size(), rows) : timeOrdered(rows);
    }

    /**
     * A train part divided once more, to choose something: its last 20 %, of each class for classification, are the test
     * part.
     */
    public static Parts validation(ModelSchema schema, List<Examples.RawExample> train) {
        return schema.task() == Task.CLASSIFICATION
                ? byClass(schema.outputs().size(), train, FIT_SHARE)
                : timeOrdered(train, FIT_SHARE);
    }

    /** Regression: the first ⌊0.7n⌋ rows are the train part. */
    public static Parts timeOrdered(List<Examples.RawExample> rows) {
        return timeOrdered(rows, TRAIN_SHARE);
    }

    private static Parts timeOrdered(List<Examples.RawExample> rows, double share) {
        int trainCount = (int) Math.floor(share * rows.size());
        return new Parts(rows.subList(0, trainCount), rows.subList(trainCount, rows.size()));
    }

    /** Classification: the first max(1, round(0.7·n_c)) rows of each class, half to even, are the train part. */
    public static Parts byClass(int classes, List<Examples.RawExample> rows) {
        return byClass(classes, rows, TRAIN_SHARE);
    }

    private static Parts byClass(int classes, List<Examples.RawExample> rows, double share) {
        int[] count = new int[classes];
        for (Examples.RawExample row : rows) {
            count[label(row)]++;
        }
        List<Examples.RawExample> train = new ArrayList<>();
        List<Examples.RawExample> test = new ArrayList<>();
        int[] seen = new int[classes];
        for (Examples.RawExample row : rows) {
            int label = label(row);
            boolean first = seen[label]++ < firstRows(count[label], share);
            (first ? train : test).add(row);
        }
        return new Parts(train, test);
    }

    /** How many of a class's rows are in the train part. */
    public static int trainRowsOfClass(int rows) {
        return rows == 0 ? 0 : firstRows(rows, TRAIN_SHARE);
    }

    private static int firstRows(int rows, double share) {
        return (int) Math.max(1, Math.rint(share * rows));
    }

    /**
     * A growing store: whether the example that was the {@code ordinal}-th (from 0) ever added belongs to the train
     * part; of each block of 10, the first 7 do, for ever.
     */
    public static boolean liveTrain(long ordinal) {
        return Math.floorMod(ordinal, LIVE_BLOCK) < LIVE_TRAIN;
    }

    private static int label(Examples.RawExample row) {
        return (int) row.target()[0];
    }
}
