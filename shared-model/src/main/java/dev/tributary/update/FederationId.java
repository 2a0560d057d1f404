package dev.tributary.update;

/** A federation's name, which is a level of its topics: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
public record FederationId(String value) implements Comparable<FederationId> {
    public FederationId {
        Names.require("federation", value);
    }

    @Override
    public int compareTo(FederationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
