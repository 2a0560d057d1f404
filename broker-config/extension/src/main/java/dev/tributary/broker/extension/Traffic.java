package dev.tributary.broker.extension;

import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The broker's own count of PUBLISH packets and bytes, and of what it refused; any thread may count and read. */
final class Traffic {
    /** As the broker sees it. */
    enum Direction {
        RECEIVED,
        SENT
    }

    /** Why something was refused. */
    enum Refusal {
        CLIENT_ID,
        ADDRESS,
        PUBLISH_SIZE
    }

    /** One counter's state. */
    record Count(Role role, Direction direction, Kind kind, long packets, long bytes) {}

    private record Key(Role role, Direction direction, Kind kind) {}

    /** Packets and bytes of one counter. */
    private record Sums(LongAdder packets, LongAdder bytes) {}

    private final Map<Key, Sums> sums = new ConcurrentHashMap<>();
    private final Map<Refusal, LongAdder> refusals = new ConcurrentHashMap<>();

    /** Counts a PUBLISH packet. */
    void add(Role role, Direction direction, Kind kind, long packetBytes) {
        Sums counted =
                sums.computeIfAbsent(new Key(role, direction, kind), key -> new Sums(new LongAdder(), new LongAdder()));
        counted.packets().increment();
        counted.bytes().add(packetBytes);
    }

    /** Counts something refused. */
    void refuse(Refusal refusal) {
        refusals.computeIfAbsent(refusal, reason -> new LongAdder()).increment();
    }

    /** How often something was refused for this reason. */
    long refused(Refusal refusal) {
        LongAdder counted = refusals.get(refusal);
        return counted == null ? 0 : counted.sum();
    }

    /** Visits every counter that has counted, in the order of the enums. */
    void forEach(Consumer<Count> visitor) {
        sums.entrySet().stream()
                .map(entry -> count(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing(Count::role)
                        .thenComparing(Count::direction)
                        .thenComparing(Count::kind))
                .forEach(visitor);
    }

    private static Count count(Key key, Sums sums) {
        return new Count(
                key.role(),
                key.direction(),
                key.kind(),
                sums.packets().sum(),
                sums.bytes().sum());
    }
}
