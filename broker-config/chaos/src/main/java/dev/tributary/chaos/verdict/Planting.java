package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.evidence.Records;
import dev.tributary.model.Bytes;
import java.util.List;
import java.util.Optional;

/** Where a broken promise can be planted in evidence, so that one can see that it is found. */
public final class Planting {
    private Planting() {}

    /** Weights that a version would have with one update counted twice. */
    public record DoubledVersion(long number, Bytes weights) {}

    /** An acknowledged update of the newest version's round. */
    public static Optional<AnswerKey> toLose(Evidence evidence) {
        return newest(evidence)
                .flatMap(version -> evidence.journals().receipts().stream()
                        .filter(Journals.Receipt::isAccepted)
                        .map(Journals.Receipt::key)
                        .filter(key -> key.round() == version.roundNumber() && key.attempt() == version.attempt())
                        .findFirst());
    }

    /** The newest version with one of its updates counted twice. */
    public static Optional<DoubledVersion> toDouble(Evidence evidence) {
        return newest(evidence)
                .flatMap(version -> new Refolding(evidence, new Index(evidence))
                        .withOneTwice(version)
                        .map(weights -> new DoubledVersion(version.number(), weights)));
    }

    private static Optional<Records.Version> newest(Evidence evidence) {
        List<Records.Version> versions = evidence.records().versions();
        return versions.size() < 2 ? Optional.empty() : Optional.of(versions.get(versions.size() - 1));
    }
}
