package dev.tributary.coordinator.web;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.update.DeviceId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Events as the maps that become JSON. */
public final class EventJson {
    private static final double MILLIS_PER_SECOND = 1000;

    private EventJson() {}

    /** The event as JSON with its name as {@code event}; empty for those that are counted alone. */
    public static Optional<Map<String, Object>> of(FederationEvent event) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "");
        json.put("federation", event.federation().value());
        if (event instanceof FederationEvent.RoundOpened opened) {
            json.put("event", "roundOpened");
            json.put("round", opened.round().number());
            json.put("attempt", opened.round().attempt());
            json.put("kind", opened.kind().name());
            json.put("baseVersion", opened.baseVersion());
            json.put("selected", opened.selected());
        } else if (event instanceof FederationEvent.RoundClosed closed) {
            roundClosed(closed.round(), json);
        } else if (event instanceof FederationEvent.VersionMade made) {
            json.put("event", "versionMade");
            json.put("version", made.version());
        } else if (event instanceof FederationEvent.Evaluated evaluated) {
            json.put("event", "evaluated");
            json.put("version", evaluated.evaluation().version());
            json.put("trainRound", evaluated.evaluation().trainRound());
            json.putAll(EvaluationJson.roles(evaluated.schema(), Optional.of(evaluated.evaluation())));
        } else if (event instanceof FederationEvent.DeviceRejected rejected) {
            json.put("event", "deviceRejected");
            json.put("device", rejected.device().value());
            json.put("code", rejected.code().name());
            json.put("detail", rejected.detail());
        } else if (event instanceof FederationEvent.UpdatesLeftOut leftOut) {
            json.put("event", "updatesLeftOut");
            json.put("round", leftOut.round().number());
            json.put("attempt", leftOut.round().attempt());
            json.put("devices", named(leftOut.devices()));
        } else if (event instanceof FederationEvent.Paused paused) {
            json.put("event", paused.paused() ? "paused" : "resumed");
        } else if (event instanceof FederationEvent.Quarantined device) {
            json.put("event", device.quarantined() ? "deviceQuarantined" : "deviceReleased");
            json.put("device", device.device().value());
            json.put("reason", device.reason());
        } else if (event instanceof FederationEvent.Waiting waiting) {
            json.put("event", "waiting");
            json.put("online", waiting.online());
            json.put("startWhen", waiting.needed());
        } else if (event instanceof FederationEvent.Finished finished) {
            finished(finished, json);
        } else if (event instanceof FederationEvent.Problem problem) {
            json.put("event", "problem");
            json.put("message", problem.message());
        } else {
            return Optional.empty();
        }
        return Optional.of(json);
    }

    private static void roundClosed(RoundRecord round, Map<String, Object> json) {
        json.put("event", "roundClosed");
        json.put("round", round.id().number());
        json.put("attempt", round.id().attempt());
        json.put("kind", round.kind().name());
        json.put("outcome", round.committed() ? "COMMITTED" : "ABANDONED");
        json.put("reason", round.reason());
        json.put("contributors", round.contributors().size());
        json.put("selected", round.selected());
        json.put("declined", round.declined());
        json.put("rejected", round.rejected());
        json.put(
                "loss",
                round.loss().isPresent() ? EvaluationJson.number(round.loss().getAsDouble()) : null);
        json.put("bytesUp", round.bytesUp());
        json.put("bytesUpFloat32", round.bytesUpFloat32());
        json.put("seconds", seconds(round.duration()));
    }

    private static void finished(FederationEvent.Finished finished, Map<String, Object> json) {
        json.put("event", "finished");
        json.put("task", finished.schema().task().name());
        json.put("converged", finished.converged());
        json.put("reason", finished.reason());
        json.put("trainRounds", finished.trainRounds());
        json.put("modelVersion", finished.modelVersion());
        json.put("devices", finished.devices());
        json.put("features", finished.schema().features().size());
        json.put("outputs", finished.schema().outputs());
        json.putAll(EvaluationJson.roles(finished.schema(), finished.evaluation()));
        json.put("seconds", seconds(finished.duration()));
        json.put("weightsSha256", finished.weightsSha256());
    }

    private static List<Map<String, String>> named(SortedMap<DeviceId, String> reasons) {
        return reasons.entrySet().stream()
                .map(entry -> Map.of("device", entry.getKey().value(), "detail", entry.getValue()))
                .toList();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MILLIS_PER_SECOND;
    }
}
