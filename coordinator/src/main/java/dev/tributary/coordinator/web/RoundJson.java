package dev.tributary.coordinator.web;

import dev.tributary.coordinator.store.AnswerTally;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.KnownRound;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.ModelSchema;
import dev.tributary.update.RoundKind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Rounds as JSON. */
final class RoundJson {
    private RoundJson() {}

    /** The version that a round evaluated; empty for one that did not. */
    static Optional<Long> evaluatedVersion(KnownRound round) {
        boolean isEvaluation = round.announcement().kind() == RoundKind.EVALUATE
                && round.closed().filter(RoundRecord::committed).isPresent();
        return isEvaluation ? Optional.of(round.announcement().baseVersion()) : Optional.empty();
    }

    static Map<String, Object> round(
            KnownRound round, AnswerTally answers, ModelSchema schema, Optional<EvaluationRecord> evaluation) {
        Optional<RoundRecord> closed = round.closed();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", round.id().toString());
        json.put("round", round.id().number());
        json.put("attempt", round.id().attempt());
        json.put("kind", round.announcement().kind().name());
        json.put("baseVersion", round.announcement().baseVersion());
        json.put("outcome", outcome(closed));
        json.put("reason", closed.map(RoundRecord::reason).orElse(null));
        json.put("openedAt", round.openedAt().toString());
        json.put("deadline", round.deadline().toString());
        json.put(
                "closedAt",
                closed.map(RoundRecord::closedAt).map(Instant::toString).orElse(null));
        json.put("selected", answers.selected());
        json.put("reported", answers.reported());
        json.put("contributed", answers.contributed());
        json.put("counted", closed.map(record -> record.contributors().size()).orElse(null));
        json.put("rejected", byName(answers.rejected()));
        json.put("declined", byName(answers.declined()));
        json.put(
                "loss",
                closed.filter(record -> record.loss().isPresent())
                        .map(record -> EvaluationJson.number(record.loss().getAsDouble()))
                        .orElse(null));
        json.put("bytesUp", closed.map(RoundRecord::bytesUp).orElse(null));
        json.put("bytesUpFloat32", closed.map(RoundRecord::bytesUpFloat32).orElse(null));
        json.put("metrics", evaluation.isPresent() ? EvaluationJson.roles(schema, evaluation) : null);
        return json;
    }

    static String outcome(Optional<RoundRecord> closed) {
        return closed.map(record -> record.committed() ? "COMMITTED" : "ABANDONED")
                .orElse("OPEN");
    }

    /** What a device did in a round. */
    static Map<String, Object> participation(Participation one) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device", one.device().value());
        json.put("answer", one.answer().map(Enum::name).orElse(null));
        json.put("code", one.code().map(Enum::name).orElse(null));
        json.put("detail", one.detail());
        json.put("declined", one.declined().map(Enum::name).orElse(null));
        json.put("examples", one.exampleCount());
        json.put("bytes", one.packetBytes());
        json.put("bytesFloat32", one.float32Bytes());
        json.put("answeredAt", one.answeredAt().map(Instant::toString).orElse(null));
        json.put("waiting", one.buffered());
        json.put("countedFor", one.countedFor().isPresent() ? one.countedFor().getAsLong() : null);
        return json;
    }

    /** Counts by the names of what they count. */
    static Map<String, Integer> byName(Map<? extends Enum<?>, Integer> counts) {
        Map<String, Integer> json = new LinkedHashMap<>();
        counts.forEach((constant, count) -> json.put(constant.name(), count));
        return json;
    }
}
