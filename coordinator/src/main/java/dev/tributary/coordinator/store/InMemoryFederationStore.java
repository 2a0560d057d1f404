package dev.tributary.coordinator.store;

import dev.tributary.coordinator.optimizer.OptimizerState;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.ToLongFunction;

/**
 * Keeps everything in memory: the twin of the real store for tests and benchmarks, which also shows what each change
 * means. Guarded by its own lock.
 */
public final class InMemoryFederationStore implements FederationStore {
    private final Map<FederationId, Kept> federations = new TreeMap<>();

    /** What is kept of one federation. */
    private static final class Kept {
        final Bytes fingerprint;
        Optional<FederationSpec> spec = Optional.empty();
        Optional<Workflow> workflow = Optional.empty();
        final NavigableMap<DeviceId, Device> devices = new TreeMap<>();
        final NavigableMap<RoundId, KeptRound> rounds = new TreeMap<>();
        final NavigableMap<Long, ModelVersion> models = new TreeMap<>();
        final NavigableMap<Long, EvaluationRecord> evaluations = new TreeMap<>();
        Optional<OptimizerState> optimizerState = Optional.empty();
        Optional<Instant> beganAt = Optional.empty();

        Kept(Bytes fingerprint) {
            this.fingerprint = fingerprint;
        }
    }

    /** What is kept of one round. */
    private static final class KeptRound {
        final RoundAnnouncement announcement;
        final OpenRound opened;
        final NavigableMap<DeviceId, Participation> participations = new TreeMap<>();
        final Map<DeviceId, Bytes> payloads = new HashMap<>();
        Optional<RoundRecord> closed = Optional.empty();

        KeptRound(RoundAnnouncement announcement, OpenRound opened) {
            this.announcement = announcement;
            this.opened = opened;
            opened.selected().forEach(device -> participations.put(device, Participation.selected(device)));
        }

        long sum(ToLongFunction<Participation> bytes) {
            return participations.values().stream().mapToLong(bytes).sum();
        }

        OpenRound restored() {
            Map<DeviceId, OpenRound.Answer> answers = new HashMap<>();
            participations.forEach(
                    (device, participation) -> participation.answer().ifPresent(answer -> answers.put(device, answer)));
            return opened.restored(participations.keySet(), answers);
        }
    }

    @Override
    public synchronized void commit(List<Change> changes) {
        changes.forEach(this::check);
        changes.forEach(this::make);
    }

    private void check(Change change) {
        if (change instanceof Change.SaveModel save) {
            NavigableMap<Long, ModelVersion> models =
                    find(save.federation()).map(kept -> kept.models).orElseGet(TreeMap::new);
            long number = save.version().model().version();
            if (!models.isEmpty() && number <= models.lastKey()) {
                throw new IllegalArgumentException("version must be > " + models.lastKey() + ", was " + number);
            }
        }
    }

    private void make(Change change) {
        if (change instanceof Change.CreateFederation create) {
            federations.put(create.federation(), new Kept(create.fingerprint()));
        } else if (change instanceof Change.SaveSpec save) {
            kept(change.federation()).spec = Optional.of(save.spec());
        } else if (change instanceof Change.SaveWorkflow save) {
            kept(change.federation()).workflow = Optional.of(save.workflow());
        } else if (change instanceof Change.SaveDevice save) {
            kept(change.federation()).devices.put(save.device().id(), save.device());
        } else if (change instanceof Change.SaveModel save) {
            kept(change.federation()).models.put(save.version().model().version(), save.version());
        } else if (change instanceof Change.SaveOptimizerState save) {
            kept(change.federation()).optimizerState = Optional.of(save.state());
        } else if (change instanceof Change.SaveEvaluation save) {
            kept(change.federation()).evaluations.put(save.evaluation().version(), save.evaluation());
        } else if (change instanceof Change.TrimHistory trim) {
            trim(kept(change.federation()), trim);
        } else {
            makeOfRound(change);
        }
    }

    private void makeOfRound(Change change) {
        Kept kept = kept(change.federation());
        if (change instanceof Change.OpenARound open) {
            kept.rounds.put(open.round().id(), new KeptRound(open.announcement(), open.round()));
            kept.beganAt = kept.beganAt.or(() -> Optional.of(open.round().openedAt()));
        } else if (change instanceof Change.JoinRound join) {
            kept.rounds
                    .get(join.round())
                    .participations
                    .putIfAbsent(join.device(), Participation.selected(join.device()));
        } else if (change instanceof Change.SaveParticipation save) {
            KeptRound round = kept.rounds.get(save.round());
            round.participations.put(save.participation().device(), save.participation());
            save.payload()
                    .ifPresent(
                            payload -> round.payloads.put(save.participation().device(), payload));
        } else if (change instanceof Change.CloseRound close) {
            KeptRound round = kept.rounds.get(close.round().id());
            round.closed = Optional.of(close.round());
            round.payloads.clear();
        }
    }

    private static void trim(Kept kept, Change.TrimHistory trim) {
        while (kept.models.size() > 1
                && (kept.models.size() > trim.versions()
                        || kept.models
                                .firstEntry()
                                .getValue()
                                .committedAt()
                                .isBefore(trim.now().minus(trim.age())))) {
            kept.models.pollFirstEntry();
        }
        if (!kept.models.isEmpty()) {
            kept.evaluations.headMap(kept.models.firstKey()).clear();
            kept.models
                    .firstEntry()
                    .getValue()
                    .round()
                    .ifPresent(round -> kept.rounds.headMap(round).clear());
        }
    }

    private Kept kept(FederationId federation) {
        Kept kept = federations.get(federation);
        if (kept == null) {
            throw new IllegalArgumentException("federation " + federation + " must be created first");
        }
        return kept;
    }

    private Optional<Kept> find(FederationId federation) {
        return Optional.ofNullable(federations.get(federation));
    }

    @Override
    public synchronized Optional<FederationMemory> memory(FederationId federation) {
        return find(federation).map(kept -> {
            Optional<KeptRound> newest =
                    Optional.ofNullable(kept.rounds.lastEntry()).map(Map.Entry::getValue);
            Fleet fleet = Fleet.of(kept.devices.values());
            Optional<ModelVersion> model = latestModel(federation);
            return new FederationMemory(
                    kept.fingerprint,
                    0,
                    kept.spec.orElseThrow(),
                    kept.workflow.orElseThrow().toState(fleet, newest.map(KeptRound::restored)),
                    newest.map(round -> round.announcement),
                    model,
                    kept.optimizerState,
                    kept.beganAt,
                    model.flatMap(
                            version -> evaluation(federation, version.model().version())),
                    newest.map(round -> round.sum(Participation::packetBytes)).orElse(0L),
                    newest.map(round -> round.sum(Participation::float32Bytes)).orElse(0L));
        });
    }

    @Override
    public synchronized void contributions(FederationId federation, RoundId round, BiConsumer<DeviceId, Bytes> taker) {
        new TreeMap<>(kept(federation).rounds.get(round).payloads).forEach(taker);
    }

    @Override
    public synchronized Optional<Participation> participation(FederationId federation, RoundId round, DeviceId device) {
        return find(federation).map(kept -> kept.rounds.get(round)).map(found -> found.participations.get(device));
    }

    @Override
    public synchronized List<FederationId> federations() {
        return List.copyOf(federations.keySet());
    }

    @Override
    public synchronized Optional<FederationSpec> spec(FederationId federation) {
        return find(federation).flatMap(kept -> kept.spec);
    }

    @Override
    public synchronized List<Device> devices(FederationId federation) {
        return find(federation).map(kept -> List.copyOf(kept.devices.values())).orElse(List.of());
    }

    @Override
    public synchronized List<DeviceRound> roundsOf(FederationId federation, DeviceId device, int limit) {
        List<DeviceRound> rounds = new ArrayList<>();
        find(federation)
                .ifPresent(kept -> kept.rounds.descendingMap().values().stream()
                        .limit(limit)
                        .forEach(round -> rounds.add(new DeviceRound(
                                round.announcement,
                                round.opened.openedAt(),
                                round.closed,
                                Optional.ofNullable(round.participations.get(device))))));
        return List.copyOf(rounds);
    }

    @Override
    public synchronized Optional<ModelVersion> model(FederationId federation, long version) {
        return find(federation).map(kept -> kept.models.get(version));
    }

    @Override
    public synchronized Optional<ModelVersion> latestModel(FederationId federation) {
        return find(federation).map(kept -> kept.models.lastEntry()).map(Map.Entry::getValue);
    }

    @Override
    public synchronized List<ModelVersion> models(FederationId federation, int limit) {
        return find(federation)
                .map(kept -> kept.models.descendingMap().values().stream()
                        .limit(limit)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public synchronized Optional<RoundRecord> round(FederationId federation, RoundId round) {
        return find(federation).map(kept -> kept.rounds.get(round)).flatMap(found -> found.closed);
    }

    @Override
    public synchronized List<RoundRecord> rounds(FederationId federation, int limit) {
        return find(federation)
                .map(kept -> kept.rounds.descendingMap().values().stream()
                        .flatMap(round -> round.closed.stream())
                        .limit(limit)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public synchronized Optional<EvaluationRecord> evaluation(FederationId federation, long version) {
        return find(federation).map(kept -> kept.evaluations.get(version));
    }

    @Override
    public void close() {
        // Nothing is held open.
    }
}
