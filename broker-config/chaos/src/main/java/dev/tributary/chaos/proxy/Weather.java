package dev.tributary.chaos.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The disturbances that are on now, by client. Safe for many threads. */
final class Weather {
    private final Map<String, List<Disturbance>> byClient = new ConcurrentHashMap<>();

    void begin(String client, Disturbance disturbance) {
        byClient.computeIfAbsent(client, any -> new CopyOnWriteArrayList<>()).add(disturbance);
    }

    void end(String client, Disturbance disturbance) {
        of(client).remove(disturbance);
    }

    void clear() {
        byClient.clear();
    }

    private List<Disturbance> of(String client) {
        return byClient.getOrDefault(client, new CopyOnWriteArrayList<>());
    }

    boolean isSilent(String client) {
        return has(client, Disturbance.Silence.class);
    }

    boolean resets(String client) {
        return has(client, Disturbance.Reset.class);
    }

    boolean stalls(String client) {
        return has(client, Disturbance.Stall.class);
    }

    private boolean has(String client, Class<? extends Disturbance> kind) {
        return of(client).stream().anyMatch(kind::isInstance);
    }

    Duration delay(String client) {
        Duration delay = Duration.ZERO;
        for (Disturbance disturbance : of(client)) {
            delay = disturbance instanceof Disturbance.Delay more ? delay.plus(more.by()) : delay;
        }
        return delay;
    }

    double duplicates(String client) {
        double share = 0;
        for (Disturbance disturbance : of(client)) {
            share = disturbance instanceof Disturbance.Duplicates more ? Math.max(share, more.share()) : share;
        }
        return share;
    }

    double reorders(String client) {
        double share = 0;
        for (Disturbance disturbance : of(client)) {
            share = disturbance instanceof Disturbance.Reordering more ? Math.max(share, more.share()) : share;
        }
        return share;
    }
}
