package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.CapturedUpdate;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.evidence.Records;
import dev.tributary.chaos.evidence.Sha256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds the evidence of a run against what was promised. Used once. */
public final class Judge {
    private final Evidence evidence;
    private final Index index;
    private final List<String> lost = new ArrayList<>();
    private final List<String> doubled = new ArrayList<>();
    private final Set<String> gaps = new LinkedHashSet<>();
    private final Set<String> other = new LinkedHashSet<>();
    private long refolded;

    private Judge(Evidence evidence) {
        this.evidence = evidence;
        this.index = new Index(evidence);
    }

    /** What is wrong in this evidence. */
    public static Findings judge(Evidence evidence) {
        return new Judge(evidence).findings();
    }

    private Findings findings() {
        Set<AnswerKey> acknowledged = acknowledged();
        long counted = contributions(acknowledged);
        capture();
        lineage();
        refold();
        seen();
        return new Findings(
                acknowledged.size(),
                counted,
                evidence.records().versions().size(),
                refolded,
                lost,
                doubled,
                List.copyOf(gaps),
                List.copyOf(other));
    }

    /** Every update that its device was told is accepted. */
    private Set<AnswerKey> acknowledged() {
        Set<AnswerKey> acknowledged = new TreeSet<>();
        for (Journals.Receipt receipt : evidence.journals().receipts()) {
            if (receipt.isAccepted()) {
                acknowledged.add(receipt.key());
            }
        }
        return acknowledged;
    }

    /** Acknowledged ⇒ counted in its own round; counted ⇒ sent by the device and delivered. Returns how many are counted. */
    private long contributions(Set<AnswerKey> acknowledged) {
        Map<AnswerKey, Records.Participation> rows = new HashMap<>();
        long counted = 0;
        for (Records.Participation row : evidence.records().participations()) {
            if (rows.put(row.key(), row) != null) {
                doubled.add(row.key() + " has two rows in the database");
            }
            if (row.isCounted()) {
                counted++;
                if (index.update(row.key()).isEmpty()) {
                    other.add(row.key() + " is counted, but no update of it was written down and delivered");
                }
            }
        }
        for (AnswerKey key : acknowledged) {
            Optional<Records.Participation> row = Optional.ofNullable(rows.get(key));
            // Statistics that lie far from the fleet's are taken back when the round closes, and the device is told.
            boolean isTakenBack =
                    row.filter(one -> one.code().equals("OUTLYING_STATISTICS")).isPresent();
            if (!isTakenBack && row.filter(Records.Participation::isCounted).isEmpty()) {
                lost.add(key + " was acknowledged and is not counted"
                        + row.map(one -> ": the database says " + one.answer() + " " + one.code())
                                .orElse(": the database has no row of it"));
            }
        }
        return counted;
    }

    /** What the broker got from a device, the device had written down before. */
    private void capture() {
        for (CapturedUpdate update : evidence.capture()) {
            if (update.toBroker() && !index.isWritten(update.key(), update.sha256())) {
                other.add(update.key() + ": an update was sent that the device's journal does not have");
            }
        }
    }

    /** Versions count up from 0, each from the one before, each made by one committed TRAIN round. */
    private void lineage() {
        List<Records.Version> versions = evidence.records().versions();
        Map<Long, Long> madeBy = new HashMap<>();
        long expected = 0;
        for (Records.Version version : versions) {
            for (; expected < version.number(); expected++) {
                gaps.add("version " + expected + " is missing");
            }
            if (version.number() > 0 && version.baseVersion() != version.number() - 1) {
                gaps.add("version " + version.number() + " was made from version " + version.baseVersion());
            }
            madeBy.put(version.number(), version.roundNumber());
            expected = version.number() + 1;
        }
        Map<Long, Integer> attempts = new HashMap<>();
        for (Records.Round round : evidence.records().rounds()) {
            if (!round.isCommitted()) {
                continue;
            }
            Integer earlier = attempts.put(round.number(), round.attempt());
            if (earlier != null) {
                doubled.add(
                        "round " + round.number() + " was committed as attempt " + earlier + " and " + round.attempt());
            }
            if (round.kind().equals("TRAIN") && madeBy.getOrDefault(round.baseVersion() + 1, -1L) != round.number()) {
                gaps.add("round " + round.number() + " was committed, but version " + (round.baseVersion() + 1)
                        + " is not of it");
            }
        }
    }

    private void refold() {
        Refolding refolding = new Refolding(evidence, index);
        for (Records.Version version : evidence.records().versions()) {
            if (version.number() == 0) {
                continue;
            }
            Refolding.Result result = refolding.refold(version);
            if (result instanceof Refolding.Result.Same) {
                refolded++;
            } else if (result instanceof Refolding.Result.Twice twice) {
                doubled.add(twice.update() + " is counted twice in version " + version.number());
            } else if (result instanceof Refolding.Result.LeftOut leftOut) {
                lost.add(leftOut.update() + " is not in version " + version.number() + ", though counted in its round");
            } else if (result instanceof Refolding.Result.Different different) {
                other.add("version " + version.number() + " does not refold: " + different.why());
            }
        }
    }

    /** No device saw a version that the database does not have just so. */
    private void seen() {
        Map<Long, String> known = new HashMap<>();
        for (Records.Version version : evidence.records().versions()) {
            known.put(version.number(), Sha256.hex(version.weights().toArray()));
        }
        for (Journals.Version version : evidence.journals().versions()) {
            if (!version.sha256().equals(known.get(version.number()))) {
                other.add("version " + version.number() + " that " + version.device() + " saw is "
                        + (known.containsKey(version.number()) ? "another" : "not there") + " in the database");
            }
        }
    }
}
