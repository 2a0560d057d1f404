package dev.tributary.coordinator.federation;

import java.util.List;
import java.util.Optional;

/** When a federation has learned enough. */
public sealed interface StoppingCriterion {
    /**
     * Why to stop after {@code trainRounds} TRAIN rounds, or empty to go on.
     *
     * @param scores of the versions evaluated so far, oldest first; higher is better
     */
    Optional<Stop> decide(int trainRounds, List<Double> scores);

    /** A decision to stop. */
    record Stop(boolean converged, String reason) {}

    /** After this many TRAIN rounds, whatever they bring. */
    record FixedTrainRounds(int trainRounds) implements StoppingCriterion {
        public FixedTrainRounds {
            if (trainRounds < 1) {
                throw new IllegalArgumentException("trainRounds must be >= 1, was " + trainRounds);
            }
        }

        @Override
        public Optional<Stop> decide(int done, List<Double> scores) {
            return done < trainRounds
                    ? Optional.empty()
                    : Optional.of(new Stop(false, "all " + trainRounds + " train rounds are done"));
        }
    }

    /**
     * When {@code patience} evaluations in a row did not better the best score by more than {@code tolerance} (accuracy,
     * or RMSE in standard deviations), at the latest after {@code maximumRounds} TRAIN rounds.
     */
    record Patience(int patience, double tolerance, int maximumRounds) implements StoppingCriterion {
        public Patience {
            if (patience < 1) {
                throw new IllegalArgumentException("patience must be >= 1, was " + patience);
            }
            if (!(tolerance >= 0)) {
                throw new IllegalArgumentException("tolerance must be >= 0, was " + tolerance);
            }
            if (maximumRounds < 1) {
                throw new IllegalArgumentException("maximumRounds must be >= 1, was " + maximumRounds);
            }
        }

        @Override
        public Optional<Stop> decide(int done, List<Double> scores) {
            double best = Double.NEGATIVE_INFINITY;
            int without = 0;
            for (double score : scores) {
                if (score > best + tolerance) {
                    best = score;
                    without = 0;
                } else {
                    without++;
                }
            }
            if (without >= patience) {
                return Optional.of(new Stop(true, "no improvement above " + tolerance + " in " + patience + " rounds"));
            }
            return done < maximumRounds
                    ? Optional.empty()
                    : Optional.of(new Stop(false, "the maximum of " + maximumRounds + " train rounds is reached"));
        }
    }
}
