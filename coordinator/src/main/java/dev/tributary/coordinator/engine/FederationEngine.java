package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.admission.RoundTerms;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Quarantine;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.FederationState.Measured;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.RoundEffect;
import dev.tributary.coordinator.round.RoundEvent;
import dev.tributary.coordinator.round.RoundMachine;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.round.Transition;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationMemory;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.Workflow;
import dev.tributary.model.Bytes;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.TrainingPlan;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One federation at work, from where its store says that it stood. Whatever it decides goes into the unit of work;
 * nothing of it counts, or is seen outside, before the unit is committed. If that fails, the engine is thrown away, and a
 * new one begins from the store. Owned by one thread.
 */
final class FederationEngine {
    private static final Duration WAITING_INTERVAL = Duration.ofSeconds(1);

    private final FederationDefinition definition;
    private final RoundMachine machine;
    private final InstantSource clock;
    private final FederationStore store;
    private final UnitOfWork unit;
    private final FederationListener listener;
    private final Board board;
    private final ModelLine line;
    private final Optional<Buffer> buffer;
    private final AnswerDesk desk;
    private final Commits commits;

    private FederationState state;
    private Optional<Workflow> keptWorkflow = Optional.empty();
    private Optional<RoundWork> work = Optional.empty();
    private Optional<RoundId> newest = Optional.empty();
    private Instant lastWaiting = Instant.MIN;
    private Optional<Long> toldVersion;
    private boolean isOutdated;

    /** An engine that goes on from what {@code parts.store()} remembers, or begins the federation. */
    FederationEngine(FederationDefinition definition, FederationLoop.Parts parts, UnitOfWork unit) {
        Optional<FederationMemory> memory = parts.store().memory(definition.id());
        this.definition = definition;
        this.machine = new RoundMachine(definition.rounds(), definition.plan().solver(), parts.nonces());
        this.clock = parts.clock();
        this.store = parts.store();
        this.unit = unit;
        this.listener = event -> unit.then(() -> parts.listener().on(event));
        this.board = new Board(
                definition.id(), publication -> unit.then(() -> parts.outbox().publish(publication)));
        if (memory.isEmpty()) {
            Bytes fingerprint = Bytes.of(definition.schema().fingerprint().toBytes());
            unit.change(new Change.CreateFederation(definition.id(), fingerprint, clock.instant()));
        }
        this.line = new ModelLine(
                definition,
                schema -> parts.firstWeights(definition, schema),
                parts.optimizer(),
                parts.history(),
                unit,
                memory);
        UploadCount uploads = new UploadCount();
        this.buffer = definition.rounds().asynchrony().map(how -> new Buffer(id(), how, line, store, unit));
        this.desk = new AnswerDesk(id(), parts.admission(), store, unit, board, uploads, buffer, listener);
        this.commits = new Commits(definition, line, board, unit, desk, uploads, buffer, listener, memory);
        Buffer.Restored waiting =
                memory.map(known -> restoreBuffer(known, parts.admission())).orElse(Buffer.Restored.NOTHING);
        this.state = memory.map(known -> machine.resume(measured(known), waiting.updates(), clock.instant()))
                .orElseGet(machine::initial);
        memory.ifPresent(known -> uploads.restore(
                buffer.isPresent() ? waiting.packetBytes() : known.bytesUp(),
                buffer.isPresent() ? waiting.float32Bytes() : known.bytesUpFloat32()));
        this.toldVersion = line.model().map(GlobalModel::version);
        board.know(line.spec(), line.model(), line.word());
        memory.flatMap(FederationMemory::announcement).ifPresent(announcement -> resumeRound(announcement, waiting));
        keepWorkflow();
        if (state.isFinished()) {
            // Whoever waits for the end may have waited for a process that is no more.
            commits.finish(state.stop().orElseThrow(), state);
        }
    }

    private FederationState measured(FederationMemory known) {
        OptionalDouble metric = known.evaluation().stream()
                .flatMapToDouble(evaluation -> Scoring.metric(line.schema(), evaluation).stream())
                .findFirst();
        return known.state()
                .measured(new Measured(metric, known.state().measured().bytesUp()));
    }

    private Buffer.Restored restoreBuffer(FederationMemory known, Admission admission) {
        Optional<RoundId> open = known.state().openRound().map(OpenRound::id);
        return buffer.map(kept -> kept.restore(admission, known.state().fleet(), open))
                .orElseGet(() -> Buffer.dropLeftOver(id(), store, unit));
    }

    private void resumeRound(RoundAnnouncement announcement, Buffer.Restored waiting) {
        newest = Optional.of(announcement.round());
        Optional<OpenRound> open = state.openRound();
        waiting.problem().ifPresent(problem -> listener.on(new FederationEvent.Problem(id(), problem)));
        if (open.isEmpty()) {
            return;
        }
        RoundWork resumed = workOn(announcement);
        work = Optional.of(resumed);
        board.know(announcement, open.get().deadline());
        boolean isTraining = open.get().step() == Step.TRAIN;
        if (isTraining && waiting.problem().isPresent()) {
            apply(new RoundEvent.BufferLost(waiting.problem().get()));
        } else if (isTraining && buffer.isPresent()) {
            if (waiting.ofOpenRound() != open.get().contributors()) {
                apply(new RoundEvent.RoundLost("the federation became asynchronous in the middle of the round"));
            }
        } else {
            resumeContributions(announcement, resumed);
        }
    }

    private RoundWork workOn(RoundAnnouncement announcement) {
        TrainingPlan plan = definition.plan();
        RoundTerms terms = new RoundTerms(announcement, line.schema(), plan.personalEpochs() > 0);
        return new RoundWork(terms, definition.aggregation(), plan.ridge());
    }

    private void resumeContributions(RoundAnnouncement announcement, RoundWork resumed) {
        try {
            store.contributions(
                    id(), announcement.round(), (device, payload) -> desk.refold(device, payload, state, resumed));
        } catch (IllegalStateException | MalformedMessageException e) {
            apply(new RoundEvent.RoundLost(String.valueOf(e.getMessage())));
        }
    }

    FederationId id() {
        return definition.id();
    }

    FederationState state() {
        return state;
    }

    /** Puts up what devices must find, because the broker may not have it, or not the newest. */
    void putUp() {
        board.putUp(clock.instant());
    }

    void onTick() {
        apply(new RoundEvent.Tick());
    }

    void onPresence(Presence presence) {
        int online = state.fleet().onlineCount();
        Optional<Device> before = state.fleet().device(presence.device());
        Optional<Presence.Membership> membership = presence.memberships().stream()
                .filter(one -> one.federation().equals(id()))
                .findFirst();
        if (presence.status() == Presence.Status.ONLINE && membership.isPresent()) {
            Presence.Membership known = membership.get();
            keepJoining(presence.device(), known);
        } else if (before.isPresent()) {
            Presence.Status status =
                    presence.status() == Presence.Status.ONLINE ? Presence.Status.OFFLINE : presence.status();
            apply(new RoundEvent.DeviceAway(presence.device(), status));
        }
        state.fleet()
                .device(presence.device())
                .filter(device -> !before.equals(Optional.of(device)))
                .ifPresent(device -> unit.change(new Change.SaveDevice(id(), device)));
        if (state.fleet().onlineCount() != online) {
            listener.on(new FederationEvent.Online(id(), state.fleet().onlineCount()));
        }
    }

    private void keepJoining(DeviceId device, Presence.Membership membership) {
        Optional<OpenRound> before = state.openRound();
        apply(new RoundEvent.DeviceOnline(device, membership.role(), membership.exampleCount()));
        boolean wasSelected =
                before.filter(round -> round.selected().contains(device)).isPresent();
        state.openRound()
                .filter(round -> before.filter(earlier -> earlier.id().equals(round.id()))
                        .isPresent())
                .filter(round -> !wasSelected && round.selected().contains(device))
                .ifPresent(round -> unit.change(new Change.JoinRound(id(), round.id(), device)));
    }

    /** The announcement that is retained on the round's topic, which may be one of a coordinator that lost its store. */
    void onRetainedRound(Bytes payload) {
        try {
            RoundId round = WireMapper.decodeRound(id(), payload).round();
            boolean isOurs = newest.map(ours -> ours.compareTo(round) >= 0).orElse(false);
            if (!isOurs) {
                apply(new RoundEvent.EarlierRoundSeen(round.number()));
            }
        } catch (MalformedMessageException e) {
            listener.on(
                    new FederationEvent.Problem(id(), "the retained announcement cannot be read: " + e.getMessage()));
        }
        if (work.isEmpty()) {
            board.takeRoundDown();
        }
    }

    void onAnswer(String topic, DeviceId device, Bytes payload) {
        AnswerDesk.Situation situation = new AnswerDesk.Situation(
                state, work, newest, line.schema().layout().size(), machine.isEnding(state));
        desk.take(new AnswerDesk.Arrival(topic, device, payload, clock.instant()), situation)
                .ifPresent(this::apply);
    }

    /** Opens no round from now on, or again; whether that is news. */
    boolean pause(boolean paused) {
        if (state.isFinished() && paused) {
            throw new IllegalArgumentException("federation " + id() + " has finished; there is nothing to pause");
        }
        boolean isNews = state.paused() != paused;
        if (isNews) {
            listener.on(new FederationEvent.Paused(id(), paused));
            apply(new RoundEvent.Paused(paused));
        }
        return isNews;
    }

    /**
     * Lets a device take no part from now on, nor what of it is not yet in a version, or lets it take part again; the
     * engine is outdated then, because the sums that it holds may have the device's update in them.
     */
    void quarantine(DeviceId device, Optional<String> reason) {
        Device known = state.fleet()
                .device(device)
                .orElseThrow(() -> new IllegalArgumentException("federation " + id() + " knows no device " + device));
        if (known.quarantine().map(Quarantine::reason).equals(reason)) {
            return;
        }
        Instant since = known.quarantine().map(Quarantine::since).orElse(clock.instant());
        Device next = known.withQuarantine(reason.map(why -> new Quarantine(since, why)));
        unit.change(new Change.SaveDevice(id(), next));
        reason.ifPresent(why -> unit.change(new Change.Withdraw(id(), device, why)));
        listener.on(new FederationEvent.Quarantined(id(), device, reason.isPresent(), reason.orElse("")));
        isOutdated = true;
    }

    /** Whether another engine must go on from the store, once it has what this one changed. */
    boolean isOutdated() {
        return isOutdated;
    }

    /**
     * Makes the weights of an earlier version those of a new one; the answer is its number.
     *
     * @param expected the newest version, as whoever decided this knows it; empty for any
     * @throws IllegalArgumentException when there is no such version, its schema is not that in force, or another version
     *     is the newest
     */
    long rollBack(long version, OptionalLong expected) {
        line.requireNewest(expected);
        ModelVersion earlier = store.model(id(), version)
                .orElseThrow(() -> new IllegalArgumentException("federation " + id() + " has no version " + version));
        if (!earlier.model().schema().equals(line.schema())) {
            throw new IllegalArgumentException("version " + version + " has schema revision "
                    + earlier.model().schema().revision() + ", in force is "
                    + line.schema().revision());
        }
        GlobalModel next = line.rollBack(earlier.model(), clock.instant());
        buffer.ifPresent(
                waiting -> waiting.replaced(next.version(), "the model was rolled back to version " + version));
        board.put(next, line.word());
        apply(new RoundEvent.ModelReplaced("rolled back to version " + version));
        return next.version();
    }

    private void apply(RoundEvent event) {
        Deque<RoundEvent> events = new ArrayDeque<>();
        events.add(event);
        while (!events.isEmpty()) {
            FederationState before = state;
            RoundEvent next = events.remove();
            Transition transition = machine.apply(before, next, clock.instant());
            state = transition.state();
            if (next instanceof RoundEvent.Committed && before.step() == Step.STATISTICS) {
                keepRejections(before);
            }
            for (RoundEffect effect : transition.effects()) {
                Optional<RoundEvent> result = carryOut(effect);
                commits.uploaded().ifPresent(events::add);
                result.ifPresent(events::add);
            }
        }
        if (!(state.stage() instanceof Stage.Open)) {
            board.clearRound();
        }
        keepWorkflow();
        tellVersion();
    }

    private void tellVersion() {
        Optional<Long> version = line.model().map(GlobalModel::version);
        if (!version.equals(toldVersion)) {
            toldVersion = version;
            version.ifPresent(made -> listener.on(new FederationEvent.VersionMade(id(), made)));
        }
    }

    private void keepRejections(FederationState before) {
        for (Device device : state.fleet().devices().values()) {
            if (!before.fleet().device(device.id()).equals(Optional.of(device))) {
                unit.change(new Change.SaveDevice(id(), device));
            }
        }
    }

    private void keepWorkflow() {
        Workflow now = Workflow.of(state);
        if (!keptWorkflow.equals(Optional.of(now))) {
            keptWorkflow = Optional.of(now);
            unit.change(new Change.SaveWorkflow(id(), now));
        }
    }

    private Optional<RoundEvent> carryOut(RoundEffect effect) {
        if (effect instanceof RoundEffect.Announce announce) {
            announce(announce.round());
        } else if (effect instanceof RoundEffect.Commit commit) {
            RoundWork closed = work.orElseThrow();
            work = Optional.empty();
            return Optional.of(commits.commit(commit.round(), commit.reason(), closed, clock.instant()));
        } else if (effect instanceof RoundEffect.Abandon abandon) {
            work = Optional.empty();
            commits.abandon(abandon.round(), abandon.reason(), clock.instant());
        } else if (effect instanceof RoundEffect.Wait wait) {
            tellWaiting(wait);
        } else if (effect instanceof RoundEffect.Report report) {
            listener.on(new FederationEvent.Problem(id(), report.problem()));
        } else if (effect instanceof RoundEffect.Finish finish) {
            board.clearRound();
            commits.finish(finish.stop(), state);
        }
        return Optional.empty();
    }

    private void announce(OpenRound round) {
        RoundAnnouncement announcement = Announcements.of(definition, line.schema(), line.version(), round);
        work = Optional.of(workOn(announcement));
        newest = Optional.of(round.id());
        unit.change(new Change.OpenARound(announcement, round));
        commits.opened(clock.instant());
        board.put(announcement, clock.instant());
        listener.on(new FederationEvent.RoundOpened(
                id(),
                round.id(),
                round.step().kind(),
                line.version(),
                round.selected().size()));
    }

    private void tellWaiting(RoundEffect.Wait wait) {
        Instant now = clock.instant();
        if (lastWaiting.plus(WAITING_INTERVAL).isAfter(now)) {
            return;
        }
        lastWaiting = now;
        listener.on(new FederationEvent.Waiting(id(), wait.online(), wait.needed()));
    }
}
