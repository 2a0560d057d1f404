package dev.tributary.update;

/** A round of a federation: its number, from 1, and the attempt at it, from 1. */
public record RoundId(long number, int attempt) implements Comparable<RoundId> {
    public RoundId {
        if (number < 1) {
            throw new IllegalArgumentException("round number must be >= 1, was " + number);
        }
        if (attempt < 1) {
            throw new IllegalArgumentException("round attempt must be >= 1, was " + attempt);
        }
    }

    @Override
    public int compareTo(RoundId other) {
        int byNumber = Long.compare(number, other.number);
        return byNumber != 0 ? byNumber : Integer.compare(attempt, other.attempt);
    }

    @Override
    public String toString() {
        return attempt == 1 ? Long.toString(number) : number + "." + attempt;
    }
}
