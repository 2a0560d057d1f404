package dev.tributary.agent.examples;

import java.util.List;
import java.util.Set;

/** The names of the numeric columns of rows, in the order of their values; many rows share one instance. */
public record Columns(List<String> names) {
    public Columns {
        names = List.copyOf(names);
        if (Set.copyOf(names).size() != names.size()) {
            throw new IllegalArgumentException("column names must be distinct, were " + names);
        }
    }

    /** The position of {@code name}, or −1. */
    public int indexOf(String name) {
        return names.indexOf(name);
    }
}
