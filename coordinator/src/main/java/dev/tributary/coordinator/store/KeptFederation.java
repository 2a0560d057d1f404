package dev.tributary.coordinator.store;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.model.Bytes;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.TreePMap;

/**
 * What the memory keeps of one federation; a copy costs nothing, so that changes can be tried on one. Not safe for use by
 * many threads.
 */
final class KeptFederation {
    final FederationId id;
    final Bytes fingerprint;
    TreePMap<Integer, FederationSpec> specs = TreePMap.empty();
    Optional<Workflow> workflow = Optional.empty();
    TreePMap<DeviceId, Device> devices = TreePMap.empty();
    TreePMap<RoundId, KeptRound> rounds = TreePMap.empty();
    TreePMap<Long, ModelVersion> models = TreePMap.empty();
    TreePMap<Long, EvaluationRecord> evaluations = TreePMap.empty();
    Optional<OptimizerState> optimizerState = Optional.empty();
    Optional<Instant> beganAt = Optional.empty();

    KeptFederation(FederationId id, Bytes fingerprint) {
        this.id = id;
        this.fingerprint = fingerprint;
    }

    KeptFederation copy() {
        KeptFederation copy = new KeptFederation(id, fingerprint);
        copy.specs = specs;
        copy.workflow = workflow;
        copy.devices = devices;
        copy.rounds = rounds;
        copy.models = models;
        copy.evaluations = evaluations;
        copy.optimizerState = optimizerState;
        copy.beganAt = beganAt;
        return copy;
    }

    Optional<FederationSpec> spec() {
        return newest(specs);
    }

    Optional<ModelVersion> latestModel() {
        return newest(models);
    }

    Optional<KeptRound> newestRound() {
        return newest(rounds);
    }

    Stream<KeptRound> newestFirst(Optional<RoundId> before) {
        return rounds.descendingMap().values().stream()
                .filter(round -> before.filter(last -> round.asOpened().id().compareTo(last) >= 0)
                        .isEmpty());
    }

    SortedSet<Long> versionsCounting(DeviceId device) {
        SortedSet<Long> versions = new TreeSet<>();
        for (KeptRound round : rounds.values()) {
            Optional.ofNullable(round.participations().get(device))
                    .filter(Participation::isCounted)
                    .ifPresent(one -> versions.addAll(versionsOf(round, one)));
        }
        return versions;
    }

    private List<Long> versionsOf(KeptRound round, Participation participation) {
        if (participation.countedFor().isPresent()) {
            return List.of(participation.countedFor().getAsLong());
        }
        RoundKind kind = round.announcement().kind();
        return models.values().stream()
                .filter(version ->
                        version.round().equals(Optional.of(round.asOpened().id())))
                .filter(version -> kind == RoundKind.TRAIN || kind == RoundKind.SOLVE)
                .map(version -> version.model().version())
                .toList();
    }

    private static <K, V> Optional<V> newest(TreePMap<K, V> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(values.lastEntry().getValue());
    }

    void make(Change change) {
        if (change instanceof Change.SaveSpec save) {
            saveSpec(save.spec());
        } else if (change instanceof Change.SaveWorkflow save) {
            workflow = Optional.of(save.workflow());
        } else if (change instanceof Change.SaveDevice save) {
            devices = devices.plus(save.device().id(), save.device());
        } else if (change instanceof Change.SaveModel save) {
            saveModel(save.version());
        } else if (change instanceof Change.SaveOptimizerState save) {
            optimizerState = Optional.of(save.state());
        } else if (change instanceof Change.SaveEvaluation save) {
            evaluations = evaluations.plus(save.evaluation().version(), save.evaluation());
        } else if (change instanceof Change.TrimHistory trim) {
            trim(trim);
        } else if (change instanceof Change.OpenARound open) {
            openRound(open);
        } else if (change instanceof Change.JoinRound join) {
            put(openRound(join.round()).joinedBy(join.device()));
        } else if (change instanceof Change.SaveParticipation save) {
            boolean needsOpen =
                    save.payload().isPresent() && !save.participation().buffered();
            KeptRound round = needsOpen ? openRound(save.round()) : round(save.round());
            put(round.with(save.participation(), save.payload()));
        } else if (change instanceof Change.CountBuffer count) {
            emptyBuffer(participation -> participation.countedFor(count.version()));
        } else if (change instanceof Change.DropBuffer drop) {
            emptyBuffer(participation -> participation.notCounted(drop.reason()));
        } else if (change instanceof Change.Withdraw withdraw) {
            rounds.values().forEach(round -> put(round.withdrawn(withdraw.device(), withdraw.reason())));
        } else if (change instanceof Change.CloseRound close) {
            put(openRound(close.round().id()).closedAs(close.round()));
        } else {
            throw new IllegalStateException("change must be of a known kind, was " + change);
        }
    }

    private void saveSpec(FederationSpec spec) {
        ModelSchema schema = spec.schema();
        boolean isAnother = models.values().stream()
                .map(version -> version.model().schema())
                .anyMatch(used -> used.revision() == schema.revision() && !used.equals(schema));
        if (isAnother) {
            throw new IllegalArgumentException(
                    "schema of revision " + schema.revision() + " must stay that of its model versions, was another");
        }
        specs = specs.plus(schema.revision(), spec);
    }

    private void saveModel(ModelVersion version) {
        long number = version.model().version();
        if (!models.isEmpty() && number <= models.lastKey()) {
            throw new IllegalArgumentException("version must be > " + models.lastKey() + ", was " + number);
        }
        ModelSchema schema = version.model().schema();
        FederationSpec spec = specs.get(schema.revision());
        if (spec == null || !spec.schema().equals(schema)) {
            throw new IllegalArgumentException("schema must be that of a specification of federation " + id
                    + " that is kept, was another of revision " + schema.revision());
        }
        models = models.plus(number, version);
    }

    private void openRound(Change.OpenARound open) {
        RoundId opened = open.round().id();
        if (!rounds.isEmpty() && opened.compareTo(rounds.lastKey()) <= 0) {
            throw new IllegalArgumentException("round must be > " + rounds.lastKey() + ", was " + opened);
        }
        put(KeptRound.opened(open.announcement(), open.round()));
        beganAt = beganAt.or(() -> Optional.of(open.round().openedAt()));
    }

    private void emptyBuffer(UnaryOperator<Participation> outcome) {
        for (KeptRound round : rounds.values()) {
            if (!round.payloads().isEmpty()) {
                put(round.unbuffered(outcome));
            }
        }
    }

    private void put(KeptRound round) {
        rounds = rounds.plus(round.asOpened().id(), round);
    }

    private KeptRound round(RoundId round) {
        return Optional.ofNullable(rounds.get(round))
                .orElseThrow(() -> new IllegalArgumentException(
                        "round " + round + " of federation " + id + " must be kept, was not"));
    }

    private KeptRound openRound(RoundId round) {
        KeptRound kept = round(round);
        if (kept.closed().isPresent()) {
            throw new IllegalArgumentException("round " + round + " of federation " + id + " must be open, was closed");
        }
        return kept;
    }

    private void trim(Change.TrimHistory trim) {
        Instant since = trim.now().minus(trim.age());
        while (models.size() > 1
                && (models.size() > trim.versions()
                        || models.firstEntry().getValue().committedAt().isBefore(since))) {
            models = models.minusFirstEntry();
        }
        if (!models.isEmpty()) {
            evaluations = evaluations.tailMap(models.firstKey(), true);
            models.firstEntry().getValue().round().ifPresent(round -> rounds = rounds.tailMap(round, true));
        }
    }
}
