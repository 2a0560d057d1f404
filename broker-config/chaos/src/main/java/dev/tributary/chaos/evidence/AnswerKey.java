package dev.tributary.chaos.evidence;

import java.util.Comparator;

/** What identifies an update: the device, the round and the attempt at it. */
public record AnswerKey(String device, long round, int attempt) implements Comparable<AnswerKey> {
    private static final Comparator<AnswerKey> ORDER = Comparator.comparingLong(AnswerKey::round)
            .thenComparingInt(AnswerKey::attempt)
            .thenComparing(AnswerKey::device);

    @Override
    public int compareTo(AnswerKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return device + " in round " + round + (attempt == 1 ? "" : "." + attempt);
    }
}
