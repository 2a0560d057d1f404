package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.admission.Contribution;
import dev.tributary.coordinator.admission.RoundTerms;
import dev.tributary.coordinator.admission.Verdict;
import dev.tributary.coordinator.aggregation.FedBuff;
import dev.tributary.coordinator.federation.RoundPlan.Asynchrony;
import dev.tributary.coordinator.registry.Fleet;
import dev.tributary.coordinator.store.BufferedUpdate;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The accepted updates of an asynchronous federation that wait for its next version, whichever announcement they answer
 * (FedBuff, Nguyen et al. 2022). Their payloads are kept until that version is, so that a restart finds the same sum.
 * Owned by the federation's thread.
 */
final class Buffer {
    private final FederationId federation;
    private final Asynchrony asynchrony;
    private final ModelLine line;
    private final FederationStore store;
    private final UnitOfWork unit;
    private final List<DeviceId> contributors = new ArrayList<>();
    private FedBuff deltas;
    private long oldestBase;

    /** An empty buffer; {@link #restore} finds what was kept. */
    Buffer(FederationId federation, Asynchrony asynchrony, ModelLine line, FederationStore store, UnitOfWork unit) {
        this.federation = federation;
        this.asynchrony = asynchrony;
        this.line = line;
        this.store = store;
        this.unit = unit;
        this.deltas = fresh();
        this.oldestBase = store.models(federation, asynchrony.maximumStaleness() + 1).stream()
                .filter(version -> version.restoredFrom().isPresent())
                .map(ModelVersion::model)
                .mapToLong(model -> model.version())
                .findFirst()
                .orElse(0);
    }

    private FedBuff fresh() {
        return new FedBuff(line.schema().layout().size());
    }

    /** What an update to this TRAIN round, open or closed, is held against; empty when there is no such round. */
    Optional<RoundTerms> terms(RoundId round) {
        return store.announcement(federation, round)
                .filter(announcement -> announcement.kind() == RoundKind.TRAIN)
                .map(announcement -> new RoundTerms(announcement, line.schema()));
    }

    /** Whether what was trained for this announcement can still count: empty when it can. */
    Optional<Verdict.Rejected> judge(RoundAnnouncement announcement) {
        Bytes current = Bytes.of(line.schema().fingerprint().shortBytes());
        if (!announcement.fingerprint().equals(current)) {
            return Optional.of(new Verdict.Rejected(
                    Code.WRONG_FINGERPRINT, "fingerprint must be " + current + ", was " + announcement.fingerprint()));
        }
        return Admission.judgeAge(
                announcement.baseVersion(), line.version(), oldestBase, asynchrony.maximumStaleness());
    }

    /** How many versions were made since the one that this announcement begins from. */
    long staleness(RoundAnnouncement announcement) {
        return line.version() - announcement.baseVersion();
    }

    /** Folds an update in; throws {@link ArithmeticException} and changes nothing when it cannot. */
    void fold(DeviceId device, RoundAnnouncement announcement, Contribution.Delta one) {
        deltas.add(one.delta(), staleness(announcement), one.exampleCount(), one.loss());
        contributors.add(device);
    }

    int size() {
        return deltas.updates();
    }

    FedBuff deltas() {
        return deltas;
    }

    /** The devices in the order of their ids, each as often as it has an update here. */
    List<DeviceId> contributors() {
        return contributors.stream().sorted().toList();
    }

    /** The updates became this version; the buffer is empty. */
    void counted(long version) {
        unit.change(new Change.CountBuffer(federation, version));
        clear();
    }

    /** The updates are to be counted nowhere, for this reason; the buffer is empty. */
    void drop(String reason) {
        if (size() > 0) {
            unit.change(new Change.DropBuffer(federation, reason));
            clear();
        }
    }

    /** This version has weights that do not come from the one before: what was trained earlier is of no use. */
    void replaced(long version, String reason) {
        drop(reason);
        oldestBase = version;
    }

    private void clear() {
        contributors.clear();
        deltas = fresh();
    }

    /**
     * What was found of the buffer after a restart.
     *
     * @param ofOpenRound how many of the updates answer the open round
     * @param problem why all of them were dropped
     */
    record Restored(int updates, int ofOpenRound, long packetBytes, long float32Bytes, Optional<String> problem) {
        static final Restored NOTHING = new Restored(0, 0, 0, 0, Optional.empty());
    }

    /** What a federation that is synchronous now does with updates that wait for a version. */
    static Restored dropLeftOver(FederationId federation, FederationStore store, UnitOfWork unit) {
        AtomicInteger updates = new AtomicInteger();
        store.buffered(federation, any -> updates.incrementAndGet());
        if (updates.get() == 0) {
            return Restored.NOTHING;
        }
        String reason = "the federation became synchronous while " + updates + " updates waited for a version";
        unit.change(new Change.DropBuffer(federation, reason));
        return new Restored(0, 0, 0, 0, Optional.of(reason));
    }

    /** Folds the kept updates in again; when one is no longer accepted, all are dropped. */
    Restored restore(Admission admission, Fleet fleet, Optional<RoundId> openRound) {
        Restoring restoring = new Restoring(admission, fleet, openRound);
        store.buffered(federation, restoring::take);
        restoring.problem.ifPresent(problem -> {
            unit.change(new Change.DropBuffer(federation, problem));
            clear();
        });
        return new Restored(
                size(), restoring.ofOpenRound, restoring.packetBytes, restoring.float32Bytes, restoring.problem);
    }

    private final class Restoring {
        private final Admission admission;
        private final Fleet fleet;
        private final Optional<RoundId> openRound;
        private Optional<String> problem = Optional.empty();
        private int ofOpenRound;
        private long packetBytes;
        private long float32Bytes;

        Restoring(Admission admission, Fleet fleet, Optional<RoundId> openRound) {
            this.admission = admission;
            this.fleet = fleet;
            this.openRound = openRound;
        }

        void take(BufferedUpdate kept) {
            packetBytes += kept.participation().packetBytes();
            float32Bytes += kept.participation().float32Bytes();
            RoundId round = kept.announcement().round();
            ofOpenRound += openRound.equals(Optional.of(round)) ? 1 : 0;
            if (problem.isPresent()) {
                return;
            }
            DeviceId device = kept.participation().device();
            try {
                Update update = (Update) WireMapper.decodeDeviceMessage(kept.payload());
                RoundTerms terms = new RoundTerms(kept.announcement(), line.schema());
                Verdict verdict = admission.judge(update, fleet.device(device).orElseThrow(), terms);
                if (verdict instanceof Verdict.Accepted accepted
                        && accepted.contribution() instanceof Contribution.Delta delta) {
                    fold(device, kept.announcement(), delta);
                    return;
                }
                problem = Optional.of(
                        "the kept update of " + device + " to round " + round + " is no longer accepted: " + verdict);
            } catch (RuntimeException e) {
                problem = Optional.of(
                        "the kept update of " + device + " to round " + round + " cannot be used: " + e.getMessage());
            }
        }
    }
}
