package dev.tributary.coordinator.federation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** When a federation has learned enough. */
public sealed interface StoppingCriterion {
    /** Why to stop now, or empty to go on. */
    Optional<Stop> decide(Learned learned);

    /**
     * What a federation has learned, and at what cost.
     *
     * @param trainRounds TRAIN rounds that were committed
     * @param scores of the versions evaluated so far, oldest first; higher is better
     * @param metric of the version evaluated last, in its own unit; empty while there is none
     * @param bytesUp PUBLISH packets of TRAIN updates that were received
     */
    record Learned(int trainRounds, List<Double> scores, OptionalDouble metric, long bytesUp) {
        public Learned {
            scores = List.copyOf(scores);
        }
    }

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
        public Optional<Stop> decide(Learned learned) {
            return learned.trainRounds() < trainRounds
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
        public Optional<Stop> decide(Learned learned) {
            double best = Double.NEGATIVE_INFINITY;
            int without = 0;
            for (double score : learned.scores()) {
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
            return new RoundBudget(maximumRounds).decide(learned);
        }
    }

    /** At the latest after {@code maximumRounds} TRAIN rounds. */
    record RoundBudget(int maximumRounds) implements StoppingCriterion {
        public RoundBudget {
            if (maximumRounds < 1) {
                throw new IllegalArgumentException("maximumRounds must be >= 1, was " + maximumRounds);
            }
        }

        @Override
        public Optional<Stop> decide(Learned learned) {
            return learned.trainRounds() < maximumRounds
                    ? Optional.empty()
                    : Optional.of(new Stop(false, "the maximum of " + maximumRounds + " train rounds is reached"));
        }
    }

    /** At the latest after the round in which the updates of all TRAIN rounds came to so many bytes. */
    record ByteBudget(long maximumBytes) implements StoppingCriterion {
        public ByteBudget {
            if (maximumBytes < 1) {
                throw new IllegalArgumentException("maximumBytes must be >= 1, was " + maximumBytes);
            }
        }

        @Override
        public Optional<Stop> decide(Learned learned) {
            return learned.bytesUp() < maximumBytes
                    ? Optional.empty()
                    : Optional.of(new Stop(
                            false,
                            "the budget of " + maximumBytes + " bytes is used up: devices sent " + learned.bytesUp()));
        }
    }

    /** When the metric of own test parts is as good as asked: an accuracy at least, an RMSE at most. */
    record Target(Metric metric, double value) implements StoppingCriterion {
        /** What is asked for. */
        public enum Metric {
            ACCURACY("accuracy"),
            RMSE("RMSE");

            private final String word;

            Metric(String word) {
                this.word = word;
            }
        }

        public Target {
            boolean isPossible = metric == Metric.ACCURACY ? value > 0 && value <= 1 : value > 0;
            if (!isPossible || Double.isInfinite(value)) {
                throw new IllegalArgumentException("target must be "
                        + (metric == Metric.ACCURACY ? "an accuracy in (0, 1]" : "an RMSE > 0") + ", was " + value);
            }
        }

        @Override
        public Optional<Stop> decide(Learned learned) {
            return learned.metric().stream()
                    .filter(now -> metric == Metric.ACCURACY ? now >= value : now <= value)
                    .mapToObj(now -> new Stop(
                            true,
                            String.format(
                                    Locale.ROOT, "the target %s of %s is reached: %.4f", metric.word, value, now)))
                    .findFirst();
        }
    }

    /** When the first of these holds; if several do, the first in this order says why. */
    record AnyOf(List<StoppingCriterion> criteria) implements StoppingCriterion {
        public AnyOf {
            criteria = List.copyOf(criteria);
        }

        @Override
        public Optional<Stop> decide(Learned learned) {
            return criteria.stream()
                    .flatMap(one -> one.decide(learned).stream())
                    .findFirst();
        }
    }
}
