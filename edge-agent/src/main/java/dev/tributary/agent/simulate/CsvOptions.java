package dev.tributary.agent.simulate;

import dev.tributary.model.Task;
import java.util.List;
import java.util.Optional;

/**
 * What a user says about the columns of a data folder; the rest is guessed.
 *
 * @param targets the columns to predict; empty for the last one
 * @param ignored columns that are none of the model's business
 * @param time the column that orders the rows
 */
public record CsvOptions(List<String> targets, List<String> ignored, Optional<String> time, Optional<Task> task) {
    public CsvOptions {
        targets = List.copyOf(targets);
        ignored = List.copyOf(ignored);
    }

    /** Everything is guessed. */
    public static CsvOptions none() {
        return new CsvOptions(List.of(), List.of(), Optional.empty(), Optional.empty());
    }
}
