package dev.tributary.transport.mqtt;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which topic filters are wanted, and which of them the broker's session has; owned by the transport's thread. */
final class Subscriptions {
    private final Set<String> wanted = new LinkedHashSet<>();
    private final Set<String> confirmed = new HashSet<>();
    private final Set<String> asked = new HashSet<>();

    void want(String filter) {
        wanted.add(filter);
    }

    /** A new connection: only what was confirmed still holds, and that only in the same session. */
    void connected(boolean sessionPresent) {
        if (!sessionPresent) {
            confirmed.clear();
        }
        asked.clear();
    }

    /** What is to be asked for on this connection now; it counts as asked from here on. */
    List<String> ask() {
        List<String> missing = new ArrayList<>(wanted);
        missing.removeAll(confirmed);
        missing.removeAll(asked);
        asked.addAll(missing);
        return missing;
    }

    void confirm(String filter) {
        confirmed.add(filter);
    }
}
