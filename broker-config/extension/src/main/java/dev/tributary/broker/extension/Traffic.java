package dev.tributary.broker.extension;

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

    private final LongAdder[] packets = adders(Role.values().length * Direction.values().length * Kind.values().length);
    private final LongAdder[] bytes = adders(packets.length);
    private final LongAdder[] refusals = adders(Refusal.values().length);

    /** Counts a PUBLISH packet. */
    void add(Role role, Direction direction, Kind kind, long packetBytes) {
        int index = index(role, direction, kind);
        packets[index].increment();
        bytes[index].add(packetBytes);
    }

    /** Counts something refused. */
    void refuse(Refusal refusal) {
        refusals[refusal.ordinal()].increment();
    }

    /** How often something was refused for this reason. */
    long refused(Refusal refusal) {
        return refusals[refusal.ordinal()].sum();
    }

    /** Visits every counter that has counted. */
    void forEach(Consumer<Count> visitor) {
        for (Role role : Role.values()) {
            for (Direction direction : Direction.values()) {
                for (Kind kind : Kind.values()) {
                    int index = index(role, direction, kind);
                    long counted = packets[index].sum();
                    if (counted > 0) {
                        visitor.accept(new Count(role, direction, kind, counted, bytes[index].sum()));
                    }
                }
            }
        }
    }

    private static int index(Role role, Direction direction, Kind kind) {
        return (role.ordinal() * Direction.values().length + direction.ordinal()) * Kind.values().length
                + kind.ordinal();
    }

    private static LongAdder[] adders(int length) {
        LongAdder[] adders = new LongAdder[length];
        for (int i = 0; i < length; i++) {
            adders[i] = new LongAdder();
        }
        return adders;
    }
}
