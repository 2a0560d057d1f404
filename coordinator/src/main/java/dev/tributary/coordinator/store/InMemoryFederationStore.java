package dev.tributary.coordinator.store;

import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps everything in memory, for as long as the process lives: of each federation the newest {@value #MAX_VERSIONS}
 * versions and rounds, and fewer versions when their weights pass {@value #MAX_WEIGHTS}. Guarded by its own lock.
 */
public final class InMemoryFederationStore implements FederationStore {
    /** How many versions, and rounds, are kept of each federation. */
    public static final int MAX_VERSIONS = 1000;

    private static final long MAX_WEIGHTS = 4_000_000;

    private final Map<FederationId, Kept> federations = new TreeMap<>();

    /** What is kept of one federation. */
    private static final class Kept {
        Optional<FederationSpec> spec = Optional.empty();
        final NavigableMap<Long, ModelVersion> models = new TreeMap<>();
        final NavigableMap<Long, EvaluationRecord> evaluations = new TreeMap<>();
        final Deque<RoundRecord> rounds = new ArrayDeque<>();
        long weights;
    }

    @Override
    public synchronized void saveSpec(FederationSpec spec) {
        kept(spec.federation()).spec = Optional.of(spec);
    }

    @Override
    public synchronized Optional<FederationSpec> spec(FederationId federation) {
        return Optional.ofNullable(federations.get(federation)).flatMap(kept -> kept.spec);
    }

    @Override
    public synchronized List<FederationId> federations() {
        return federations.entrySet().stream()
                .filter(entry -> entry.getValue().spec.isPresent())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public synchronized void saveModel(FederationId federation, ModelVersion version) {
        Kept kept = kept(federation);
        long number = version.model().version();
        if (!kept.models.isEmpty() && number <= kept.models.lastKey()) {
            throw new IllegalArgumentException("version must be > " + kept.models.lastKey() + ", was " + number);
        }
        kept.models.put(number, version);
        kept.weights += size(version);
        while (kept.models.size() > MAX_VERSIONS || (kept.weights > MAX_WEIGHTS && kept.models.size() > 1)) {
            kept.weights -= size(kept.models.pollFirstEntry().getValue());
        }
        kept.evaluations.headMap(kept.models.firstKey()).clear();
    }

    private static int size(ModelVersion version) {
        return version.model().weights().values().length();
    }

    @Override
    public synchronized Optional<ModelVersion> model(FederationId federation, long version) {
        return Optional.ofNullable(federations.get(federation)).map(kept -> kept.models.get(version));
    }

    @Override
    public synchronized Optional<ModelVersion> latestModel(FederationId federation) {
        return Optional.ofNullable(federations.get(federation))
                .map(kept -> kept.models.lastEntry())
                .map(Map.Entry::getValue);
    }

    @Override
    public synchronized List<ModelVersion> models(FederationId federation, int limit) {
        Kept kept = federations.get(federation);
        return kept == null
                ? List.of()
                : kept.models.descendingMap().values().stream().limit(limit).toList();
    }

    @Override
    public synchronized void saveRound(RoundRecord round) {
        Kept kept = kept(round.federation());
        kept.rounds.addLast(round);
        if (kept.rounds.size() > MAX_VERSIONS) {
            kept.rounds.removeFirst();
        }
    }

    @Override
    public synchronized List<RoundRecord> rounds(FederationId federation, int limit) {
        List<RoundRecord> newest = new ArrayList<>();
        Kept kept = federations.get(federation);
        if (kept != null) {
            for (Iterator<RoundRecord> at = kept.rounds.descendingIterator(); at.hasNext() && newest.size() < limit; ) {
                newest.add(at.next());
            }
        }
        return List.copyOf(newest);
    }

    @Override
    public synchronized void saveEvaluation(EvaluationRecord evaluation) {
        kept(evaluation.federation()).evaluations.put(evaluation.version(), evaluation);
    }

    @Override
    public synchronized Optional<EvaluationRecord> evaluation(FederationId federation, long version) {
        return Optional.ofNullable(federations.get(federation)).map(kept -> kept.evaluations.get(version));
    }

    private Kept kept(FederationId federation) {
        return federations.computeIfAbsent(federation, any -> new Kept());
    }
}
