package dev.tributary.agent.app;

import dev.tributary.agent.participation.SessionListener;
import dev.tributary.agent.participation.Traffic;
import dev.tributary.agent.sensor.BadReading;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** The meters of one device, or of a fleet together; safe for many threads. */
public final class AgentMeters implements SessionListener {
    private final Map<Traffic, Counter> sent;
    private final Map<Traffic, Counter> received;
    private final Counter float32;
    private final Map<RoundKind, Timer> work;
    private final Map<Decline.Reason, Counter> declined;
    private final Map<Receipt.Code, Counter> receipts;
    private final Map<Traffic, Counter> malformed;
    private final Map<BadReading, Counter> badReadings;
    private final Counter goodReadings;
    private final Counter predictions;
    private final Counter disconnections;
    private final Counter sleeps;
    private final Counter sleepSeconds;

    /** The meters in {@code registry}, all of them there from the start. */
    public AgentMeters(MeterRegistry registry) {
        sent = each(Traffic.class, kind -> publishBytes(registry, "sent", kind));
        received = each(Traffic.class, kind -> publishBytes(registry, "received", kind));
        float32 = Counter.builder("tributary.publish.float32.bytes")
                .description("PUBLISH packets of TRAIN and SOLVE updates if the vectors of TRAIN were float32")
                .register(registry);
        work = each(
                RoundKind.class,
                kind -> Timer.builder("tributary.round.work")
                        .description("Time that the answers to rounds took")
                        .tag("kind", word(kind))
                        .register(registry));
        declined = each(
                Decline.Reason.class, reason -> registry.counter("tributary.rounds.declined", "reason", word(reason)));
        receipts = each(Receipt.Code.class, code -> registry.counter("tributary.receipts", "code", word(code)));
        malformed = each(Traffic.class, kind -> registry.counter("tributary.messages.malformed", "kind", kind.word()));
        badReadings =
                each(BadReading.class, reason -> registry.counter("tributary.readings.bad", "reason", reason.word()));
        goodReadings = registry.counter("tributary.readings.good");
        predictions = registry.counter("tributary.predictions");
        disconnections = registry.counter("tributary.mqtt.disconnections");
        sleeps = registry.counter("tributary.sleeps");
        sleepSeconds = Counter.builder("tributary.sleep.seconds")
                .description("Time that was meant to be slept")
                .register(registry);
    }

    private static Counter publishBytes(MeterRegistry registry, String direction, Traffic kind) {
        return Counter.builder("tributary.publish.bytes")
                .description("PUBLISH packets, fixed header to payload")
                .tag("direction", direction)
                .tag("kind", kind.word())
                .register(registry);
    }

    private static <E extends Enum<E>, M> Map<E, M> each(Class<E> type, Function<E, M> meter) {
        Map<E, M> meters = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            meters.put(constant, meter.apply(constant));
        }
        return meters;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT);
    }

    /** A reading was used. */
    public void goodReading() {
        goodReadings.increment();
    }

    /** A reading was dropped. */
    public void badReading(BadReading reason) {
        badReadings.get(reason).increment();
    }

    /** A prediction was made. */
    public void predicted() {
        predictions.increment();
    }

    @Override
    public void onSent(Traffic traffic, int packetBytes, int float32PacketBytes) {
        sent.get(traffic).increment(packetBytes);
        if (traffic == Traffic.TRAIN || traffic == Traffic.SOLVE) {
            float32.increment(float32PacketBytes);
        }
    }

    @Override
    public void onReceived(Traffic traffic, int packetBytes) {
        received.get(traffic).increment(packetBytes);
    }

    @Override
    public void onContributed(FederationId federation, RoundKind kind, Duration took) {
        work.get(kind).record(took);
    }

    @Override
    public void onDeclined(FederationId federation, Decline.Reason reason) {
        declined.get(reason).increment();
    }

    @Override
    public void onReceipt(Receipt receipt) {
        receipts.get(receipt.code()).increment();
    }

    @Override
    public void onMalformed(Traffic traffic) {
        malformed.get(traffic).increment();
    }

    @Override
    public void onAsleep(Duration sleep) {
        sleeps.increment();
        sleepSeconds.increment((double) sleep.toSeconds());
    }

    @Override
    public void onDisconnected(String reason) {
        disconnections.increment();
    }
}
