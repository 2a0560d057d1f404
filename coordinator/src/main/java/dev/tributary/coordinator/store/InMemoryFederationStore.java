package dev.tributary.coordinator.store;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Keeps everything in memory: the twin of the real store for tests and benchmarks, which also shows what each change
 * means. Guarded by its own lock.
 */
public final class InMemoryFederationStore implements FederationStore {
    private final Map<FederationId, KeptFederation> federations = new TreeMap<>();

    @Override
    public synchronized void commit(List<Change> changes) {
        Map<FederationId, KeptFederation> changed = new HashMap<>();
        for (Change change : changes) {
            FederationId id = change.federation();
            boolean exists = changed.containsKey(id) || federations.containsKey(id);
            if (change instanceof Change.CreateFederation create) {
                if (exists) {
                    throw new IllegalArgumentException("federation " + id + " exists already");
                }
                changed.put(id, new KeptFederation(id, create.fingerprint()));
            } else if (exists) {
                changed.computeIfAbsent(id, any -> federations.get(id).copy()).make(change);
            } else {
                throw new IllegalArgumentException("federation " + id + " must be created first");
            }
        }
        federations.putAll(changed);
    }

    private Optional<KeptFederation> find(FederationId federation) {
        return Optional.ofNullable(federations.get(federation));
    }

    @Override
    public synchronized Optional<FederationMemory> memory(FederationId federation) {
        return find(federation).map(kept -> {
            Optional<KeptRound> newest = kept.newestRound();
            Optional<ModelVersion> model = kept.latestModel();
            return new FederationMemory(
                    kept.fingerprint,
                    0,
                    kept.spec().orElseThrow(),
                    kept.workflow
                            .orElseThrow()
                            .toState(Fleet.of(kept.devices.values()), newest.map(KeptRound::restored)),
                    newest.map(KeptRound::announcement),
                    model,
                    kept.optimizerState,
                    kept.beganAt,
                    model.map(version -> kept.evaluations.get(version.model().version())),
                    newest.map(round -> round.sum(Participation::packetBytes)).orElse(0L),
                    newest.map(round -> round.sum(Participation::float32Bytes)).orElse(0L));
        });
    }

    @Override
    public void contributions(FederationId federation, RoundId round, BiConsumer<DeviceId, Bytes> taker) {
        Map<DeviceId, Bytes> payloads;
        synchronized (this) {
            payloads = find(federation)
                    .map(kept -> kept.rounds.get(round))
                    .<Map<DeviceId, Bytes>>map(KeptRound::payloads)
                    .orElse(Map.of());
        }
        payloads.forEach(taker);
    }

    @Override
    public void buffered(FederationId federation, Consumer<BufferedUpdate> taker) {
        List<BufferedUpdate> updates;
        synchronized (this) {
            updates = find(federation)
                    .map(kept -> kept.rounds.values().stream()
                            .flatMap(KeptRound::buffered)
                            .toList())
                    .orElse(List.of());
        }
        updates.forEach(taker);
    }

    @Override
    public synchronized Optional<RoundAnnouncement> announcement(FederationId federation, RoundId round) {
        return find(federation).map(kept -> kept.rounds.get(round)).map(KeptRound::announcement);
    }

    @Override
    public synchronized Optional<Participation> participation(FederationId federation, RoundId round, DeviceId device) {
        return find(federation)
                .map(kept -> kept.rounds.get(round))
                .map(found -> found.participations().get(device));
    }

    @Override
    public synchronized List<FederationId> federations() {
        return List.copyOf(federations.keySet());
    }

    @Override
    public synchronized Optional<FederationSpec> spec(FederationId federation) {
        return find(federation).flatMap(KeptFederation::spec);
    }

    @Override
    public synchronized List<Device> devices(FederationId federation) {
        return find(federation).map(kept -> List.copyOf(kept.devices.values())).orElse(List.of());
    }

    @Override
    public synchronized List<DeviceRound> roundsOf(
            FederationId federation, DeviceId device, Optional<RoundId> before, int limit) {
        return find(federation)
                .map(kept -> kept.newestFirst(before)
                        .limit(limit)
                        .map(round -> new DeviceRound(
                                round.announcement(),
                                round.asOpened().openedAt(),
                                round.closed(),
                                Optional.ofNullable(round.participations().get(device))))
                        .toList())
                .orElse(List.of());
    }

    @Override
    public synchronized List<KnownRound> rounds(FederationId federation, Optional<RoundId> before, int limit) {
        return find(federation)
                .map(kept -> kept.newestFirst(before)
                        .limit(limit)
                        .map(KeptRound::known)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public synchronized Optional<KnownRound> knownRound(FederationId federation, RoundId round) {
        return find(federation).map(kept -> kept.rounds.get(round)).map(KeptRound::known);
    }

    @Override
    public synchronized AnswerTally answers(FederationId federation, RoundId round) {
        return find(federation)
                .map(kept -> kept.rounds.get(round))
                .map(kept -> AnswerTally.of(kept.participations().values()))
                .orElse(AnswerTally.NONE);
    }

    @Override
    public synchronized List<Participation> participations(
            FederationId federation, RoundId round, Optional<DeviceId> after, int limit) {
        return find(federation)
                .map(kept -> kept.rounds.get(round))
                .map(kept -> kept.participations().values().stream()
                        .filter(one -> after.filter(last -> one.device().compareTo(last) <= 0)
                                .isEmpty())
                        .limit(limit)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public synchronized Optional<Device> device(FederationId federation, DeviceId device) {
        return find(federation).map(kept -> kept.devices.get(device));
    }

    @Override
    public List<Device> devices(FederationId federation, Optional<DeviceId> after, int limit) {
        return devices(federation).stream()
                .filter(device ->
                        after.filter(last -> device.id().compareTo(last) <= 0).isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized AnswerTally answers(FederationId federation, DeviceId device) {
        return find(federation)
                .map(kept -> AnswerTally.of(kept.rounds.values().stream()
                        .flatMap(round ->
                                Optional.ofNullable(round.participations().get(device)).stream())
                        .toList()))
                .orElse(AnswerTally.NONE);
    }

    @Override
    public synchronized List<VersionRecord> versions(FederationId federation, OptionalLong before, int limit) {
        return find(federation)
                .map(kept -> kept.models.descendingMap().values().stream()
                        .map(VersionRecord::of)
                        .filter(version -> before.isEmpty() || version.version() < before.getAsLong())
                        .limit(limit)
                        .toList())
                .orElse(List.of());
    }

    @Override
    public synchronized SortedSet<Long> versionsCounting(FederationId federation, DeviceId device) {
        return find(federation).map(kept -> kept.versionsCounting(device)).orElse(new TreeSet<>());
    }

    @Override
    public synchronized Optional<ModelVersion> model(FederationId federation, long version) {
        return find(federation).map(kept -> kept.models.get(version));
    }

    @Override
    public synchronized Optional<ModelVersion> latestModel(FederationId federation) {
        return find(federation).flatMap(KeptFederation::latestModel);
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
        return find(federation).map(kept -> kept.rounds.get(round)).flatMap(KeptRound::closed);
    }

    @Override
    public synchronized List<RoundRecord> rounds(FederationId federation, int limit) {
        return find(federation)
                .map(kept -> kept.rounds.descendingMap().values().stream()
                        .flatMap(round -> round.closed().stream())
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
