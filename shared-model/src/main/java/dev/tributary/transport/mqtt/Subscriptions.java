package dev.tributary.transport.mqtt;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which topic filters are wanted, and which of them the broker's session has; owned by the transport's thread. */
final class Subscriptions {
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    /** What the broker's session may have, confirmed or not. */
    private final Set<String> held = new LinkedHashSet<>();

    private final Set<String> dropped = new HashSet<>();
    /** How many requests to subscribe to a filter have no answer on this connection. */
    private final Map<String, Integer> unanswered = new HashMap<>();

    void want(String filter) {
        wanted.add(filter);
    }

    void unwant(String filter) {
        wanted.remove(filter);
    }

    /** A new connection: only what was confirmed still holds, and that only in the same session. */
    void connected(boolean sessionPresent) {
        if (!sessionPresent) {
            confirmed.clear();
            held.clear();
        }
        asked.clear();
        dropped.clear();
        unanswered.clear();
    }

    /** What is to be asked for on this connection now; it counts as asked from here on. */
    List<String> ask() {
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(confirmed);
        missing.removeAll(asked);
        asked.addAll(missing);
        held.addAll(missing);
        dropped.removeAll(missing);
        missing.forEach(filter -> unanswered.merge(filter, 1, Integer::sum));
        return missing;
    }

    /** What is to be given up on this connection now; it counts as given up from here on. */
    List<String> drop() {
        List<String> surplus = new ArrayList<>(held);
        surplus.removeAll(wanted);
        surplus.removeAll(dropped);
        dropped.addAll(surplus);
        asked.removeAll(surplus);
        confirmed.removeAll(surplus);
        return surplus;
    }

    /** The broker answered a request to subscribe; one that was given up since, even if asked for again, proves nothing. */
    void answered(String filter, boolean isGranted) {
        int left = unanswered.merge(filter, -1, Integer::sum);
        if (isGranted && left == 0 && asked.contains(filter)) {
            confirmed.add(filter);
        }
    }

    /** The broker no longer has what was given up, unless it was asked for again since. */
    void gone(String filter) {
        if (dropped.remove(filter)) {
            held.remove(filter);
        }
    }
}
