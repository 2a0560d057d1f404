package dev.tributary.update;

/** A federation's name, which is a level of its topics: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. */
public record FederationId(String value) implements Comparable<FederationId> {
    public FederationId {
        Names.require("federation", value);
        if (value.equals("presence") || value.equals("metrics") || value.equals("probe")) {
            throw new IllegalArgumentException(
                    "federation must not be presence, metrics or probe, whose topics it would share, was \"" + value
                            + "\"");
        }
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
