package dev.tributary.demo.report;

import dev.tributary.demo.event.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts what an aggregation that withstands Byzantine devices left out, and of whom; not thread-safe. */
public final class LeftOut {
    private final Set<String> byzantine;
    private long contributed;
    private long honest;
    private long hostile;

    /** Nothing yet; {@code byzantine} are the names of the devices that are known to be hostile. */
    public LeftOut(Set<String> byzantine) {
        this.byzantine = Set.copyOf(byzantine);
    }

    /** A round ended. */
    public void closed(Event.RoundClosed round) {
        if (round.committed() && round.kind().equals("TRAIN")) {
            contributed += round.contributors();
        }
    }

    /** Contributions to a round were left out. */
    public void add(Event.UpdatesLeftOut leftOut) {
        for (String device : leftOut.devices()) {
            if (byzantine.contains(device)) {
                hostile++;
            } else {
                honest++;
            }
        }
    }

    /** The counts by name. */
    public Map<String, Object> toTree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("byzantineDevices", byzantine.size());
        tree.put("contributed", contributed);
        tree.put("leftOutHonest", honest);
        tree.put("leftOutByzantine", hostile);
        return tree;
    }

    /** The counts in a sentence; empty when there is nothing to say. */
    public Optional<String> line() {
        if (byzantine.isEmpty() && honest == 0) {
            return Optional.empty();
        }
        String devices = byzantine.isEmpty()
                ? ""
                : ": " + hostile + " of the " + Show.count(byzantine.size(), "hostile device") + ", " + honest
                        + " of all others";
        return Optional.of(
                "Of " + contributed + " updates the aggregation left out " + (honest + hostile) + devices + ".");
    }
}
