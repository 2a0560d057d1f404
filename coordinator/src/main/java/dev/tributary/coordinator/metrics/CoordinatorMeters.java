package dev.tributary.coordinator.metrics;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Counts what federations and the transport tell; safe for use by many threads. */
public final class CoordinatorMeters implements FederationListener {
    private static final String BYTES = "tributary.publish.bytes";

    private final MeterRegistry registry;
    private final Map<String, AtomicReference<Double>> gauges = new ConcurrentHashMap<>();

    /** Meters in this registry. */
    public CoordinatorMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void on(FederationEvent event) {
        Tags federation = Tags.of("federation", event.federation().value());
        if (event instanceof FederationEvent.RoundClosed closed) {
            Tags kind = federation.and("kind", word(closed.round().kind()));
            String outcome = closed.round().committed() ? "committed" : "abandoned";
            registry.counter("tributary.rounds", kind.and("outcome", outcome)).increment();
            registry.timer("tributary.round.duration", kind)
                    .record(closed.round().duration());
            closed.round().loss().ifPresent(loss -> gauge("tributary.training.loss", federation, loss));
        } else if (event instanceof FederationEvent.Judged judged) {
            String verdict = judged.code().map(CoordinatorMeters::word).orElse("declined");
            registry.counter("tributary.updates", federation.and("verdict", judged.repeat() ? "repeated" : verdict))
                    .increment();
        } else if (event instanceof FederationEvent.UpdatesLeftOut leftOut) {
            registry.counter("tributary.updates.left.out", federation)
                    .increment(leftOut.devices().size());
        } else if (event instanceof FederationEvent.Buffered buffered) {
            registry.summary("tributary.update.staleness", federation).record((double) buffered.staleness());
        } else if (event instanceof FederationEvent.Received received) {
            String kind = received.decline()
                    ? "decline"
                    : received.kind().map(CoordinatorMeters::word).orElse("other");
            bytes("received", kind, received.packetBytes());
        } else if (event instanceof FederationEvent.Online online) {
            gauge("tributary.devices.online", federation, online.devices());
        } else if (event instanceof FederationEvent.Evaluated evaluated) {
            gauge("tributary.model.version", federation, (double)
                    evaluated.evaluation().version());
            evaluation(federation, evaluated.schema(), evaluated.evaluation());
        }
    }

    /** Counts a message that no federation could take. */
    public void unreadable() {
        registry.counter("tributary.messages.unreadable").increment();
    }

    /** Counts a PUBLISH packet that is no device's answer; those are counted when their kind is known. */
    public void packet(String direction, String topic, int packetBytes) {
        String kind = kind(topic);
        if (!kind.equals("update")) {
            bytes(direction, kind, packetBytes);
        }
    }

    private void bytes(String direction, String kind, int packetBytes) {
        registry.counter(BYTES, "direction", direction, "kind", kind).increment(packetBytes);
    }

    private static String kind(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length >= 4 && List.of("presence", "metrics").contains(levels[2])) {
            return levels[2];
        }
        if (levels.length == 5 && topic.endsWith("/model/delta")) {
            return "delta";
        }
        return levels.length >= 4
                        && List.of("spec", "model", "round", "receipt", "update")
                                .contains(levels[3])
                ? levels[3]
                : "other";
    }

    private void evaluation(Tags federation, ModelSchema schema, EvaluationRecord record) {
        for (Role role : List.of(Role.OWN, Role.NEW)) {
            record.of(role).ifPresent(evaluation -> evaluation(federation.and("on", word(role)), schema, evaluation));
        }
    }

    private void evaluation(Tags tags, ModelSchema schema, Evaluation evaluation) {
        metric(tags, "loss", evaluation.loss());
        if (schema.task() == Task.CLASSIFICATION) {
            metric(tags, "accuracy", evaluation.accuracy());
            metric(tags, "macroF1", evaluation.macroF1());
            return;
        }
        for (int k = 0; k < schema.outputs().size(); k++) {
            Tags output = tags.and("output", schema.outputs().get(k));
            metric(output, "rmse", evaluation.rmse(k));
            metric(output, "mae", evaluation.mae(k));
            metric(output, "r2", evaluation.r2(k));
        }
    }

    private void metric(Tags tags, String metric, double value) {
        // Prometheus wants the same tags on all meters of a name, so classification has an output too.
        Tags complete = tags.stream().anyMatch(tag -> tag.getKey().equals("output")) ? tags : tags.and("output", "");
        gauge("tributary.model.metric", complete.and("metric", metric), value);
    }

    private void gauge(String name, Tags tags, double value) {
        gauges.computeIfAbsent(name + tags, any -> {
                    AtomicReference<Double> newest = new AtomicReference<>(Double.NaN);
                    Gauge.builder(name, newest, AtomicReference::get)
                            .tags(tags)
                            .strongReference(true)
                            .register(registry);
                    return newest;
                })
                .set(value);
    }

    /** Makes the meters of a federation appear before anything happens to it. */
    public void watch(FederationId federation) {
        gauge("tributary.devices.online", Tags.of("federation", federation.value()), 0);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
