package dev.tributary.chaos.fault;

import dev.tributary.chaos.fault.FaultKind.Victim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The faults of a run, in order of their beginnings; all are mended by its end. The same seed, length and devices give the
 * same schedule. Faults overlap, but not two of one process or one connection, and each leaves its target some time to
 * recover.
 */
public record Schedule(Duration length, List<Fault> faults) {
    private static final Duration MEAN_GAP = Duration.ofMillis(2_200);
    private static final Duration BEFORE_THE_FIRST = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(8);
    /** A broker's restart is everybody's. */
    private static final Duration BROKER_RECOVERY = Duration.ofSeconds(20);

    private static final int MAX_JUMP_SECONDS = 600;
    private static final int MAX_DELAY_MILLIS = 1_500;
    private static final double COORDINATORS_SHARE = 0.15;

    public Schedule {
        faults = List.copyOf(faults);
    }

    /**
     * Draws a schedule: each kind once, as far as there is time, then by weight.
     *
     * @param agents the devices that are processes of their own
     * @param devices all devices
     */
    public static Schedule draw(long seed, Duration length, List<String> agents, List<String> devices) {
        return new Drawing(new Random(seed), length, agents, devices).draw();
    }

    /** One drawing; used once. */
    private static final class Drawing {
        private final Random random;
        private final Duration length;
        private final List<String> agents;
        private final List<String> devices;
        private final List<FaultKind> first = new ArrayList<>(List.of(FaultKind.values()));
        private final List<Fault> faults = new ArrayList<>();
        private final Map<String, Duration> free = new HashMap<>();

        Drawing(Random random, Duration length, List<String> agents, List<String> devices) {
            this.random = random;
            this.length = length;
            this.agents = List.copyOf(agents);
            this.devices = List.copyOf(devices);
            Collections.shuffle(first, random);
        }

        Schedule draw() {
            for (Duration at = BEFORE_THE_FIRST; at.compareTo(length) < 0; at = at.plus(gap())) {
                FaultKind kind = first.isEmpty() ? byWeight() : first.get(0);
                boolean added = add(kind, at) || add(byWeight(), at);
                if (added) {
                    first.remove(faults.get(faults.size() - 1).kind());
                }
            }
            return new Schedule(length, faults);
        }

        private Duration gap() {
            double nanos = -Math.log(1 - random.nextDouble()) * MEAN_GAP.toNanos();
            return Duration.ofNanos(Math.round(nanos));
        }

        private FaultKind byWeight() {
            int total = 0;
            for (FaultKind kind : FaultKind.values()) {
                total += kind.weight();
            }
            int left = random.nextInt(total);
            for (FaultKind kind : FaultKind.values()) {
                left -= kind.weight();
                if (left < 0) {
                    return kind;
                }
            }
            throw new IllegalStateException("weights must sum to " + total);
        }

        /** Adds a fault if its target is well and it is mended in time; draws the same numbers either way. */
        private boolean add(FaultKind kind, Duration at) {
            String target = target(kind.victim());
            Duration lasts = kind.lasts(random.nextDouble());
            Duration amount = amount(kind);
            Fault fault = new Fault(faults.size() + 1, kind, target, at, lasts, amount);
            String resource = resource(kind.victim(), target);
            if (fault.until().compareTo(length) > 0
                    || free.getOrDefault(resource, Duration.ZERO).compareTo(at) > 0) {
                return false;
            }
            free.put(resource, fault.until().plus(target.equals(Fault.BROKER) ? BROKER_RECOVERY : RECOVERY));
            faults.add(fault);
            return true;
        }

        private static String resource(Victim victim, String target) {
            return switch (victim) {
                case COORDINATOR, BROKER, AGENT -> "process " + target;
                case CLOCK -> "clock " + target;
                case LINK -> "link " + target;
            };
        }

        private String target(Victim victim) {
            return switch (victim) {
                case COORDINATOR, CLOCK -> Fault.COORDINATOR;
                case BROKER -> Fault.BROKER;
                case AGENT -> agents.get(random.nextInt(agents.size()));
                case LINK ->
                    random.nextDouble() < COORDINATORS_SHARE
                            ? Fault.COORDINATOR
                            : devices.get(random.nextInt(devices.size()));
            };
        }

        private Duration amount(FaultKind kind) {
            double draw = random.nextDouble();
            return switch (kind) {
                case CLOCK_JUMP -> Duration.ofSeconds(Math.round((2 * draw - 1) * MAX_JUMP_SECONDS));
                case DELAY -> Duration.ofMillis(20 + Math.round(draw * draw * (MAX_DELAY_MILLIS - 20)));
                default -> Duration.ZERO;
            };
        }
    }
}
