package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.admission.RoundTerms;
import dev.tributary.coordinator.admission.Verdict;
import dev.tributary.coordinator.admission.VerdictLog;
import dev.tributary.coordinator.federation.FederationDefinition;
import dev.tributary.coordinator.optimizer.ServerOptimizer;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.RoundEffect;
import dev.tributary.coordinator.round.RoundEvent;
import dev.tributary.coordinator.round.RoundMachine;
import dev.tributary.coordinator.round.Stage;
import dev.tributary.coordinator.round.Transition;
import dev.tributary.coordinator.selection.NonceSource;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.model.Bytes;
import dev.tributary.model.Weights;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.transport.PublishPacket;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** One federation at work; owned by one thread. */
final class FederationEngine {
    private static final Duration WAITING_INTERVAL = Duration.ofSeconds(1);
    private static final int MAX_DETAIL_CHARACTERS = 200;

    private final FederationDefinition definition;
    private final RoundMachine machine;
    private final Admission admission;
    private final InstantSource clock;
    private final FederationListener listener;
    private final Board board;
    private final ModelLine line;
    private final Commits commits;
    private final VerdictLog verdicts = new VerdictLog();
    private final UploadCount uploads = new UploadCount();

    private FederationState state;
    private Optional<RoundWork> work = Optional.empty();
    private Optional<RoundId> newest = Optional.empty();
    private Instant lastWaiting = Instant.MIN;
    private boolean isConnectedOnce;

    FederationEngine(
            FederationDefinition definition,
            Optional<Weights> initialWeights,
            NonceSource nonces,
            Admission admission,
            ServerOptimizer optimizer,
            FederationStore store,
            Outbox outbox,
            FederationListener listener,
            InstantSource clock) {
        this.definition = definition;
        this.machine = new RoundMachine(definition.rounds(), nonces);
        this.admission = admission;
        this.clock = clock;
        this.listener = listener;
        this.board = new Board(definition.id(), outbox);
        this.line = new ModelLine(definition, initialWeights, optimizer, store);
        this.commits = new Commits(definition, line, board, store, listener);
        this.state = machine.initial();
    }

    FederationId id() {
        return definition.id();
    }

    FederationState state() {
        return state;
    }

    /** The broker is reached; after a lost session, and the first time, all retained messages are put up. */
    void onConnected(boolean sessionPresent) {
        if (!isConnectedOnce) {
            board.put(line.spec());
        } else if (!sessionPresent) {
            board.putUpAgain(clock.instant());
        }
        isConnectedOnce = true;
    }

    void onTick() {
        apply(new RoundEvent.Tick());
    }

    void onPresence(Presence presence) {
        int before = state.fleet().onlineCount();
        Optional<Presence.Membership> membership = presence.memberships().stream()
                .filter(one -> one.federation().equals(id()))
                .findFirst();
        if (presence.status() == Presence.Status.ONLINE && membership.isPresent()) {
            apply(new RoundEvent.DeviceOnline(
                    presence.device(), membership.get().role(), membership.get().exampleCount()));
        } else if (state.fleet().isOnline(presence.device())) {
            apply(new RoundEvent.DeviceOffline(presence.device()));
        }
        if (state.fleet().onlineCount() != before) {
            listener.on(new FederationEvent.Online(id(), state.fleet().onlineCount()));
        }
    }

    /** The announcement that is retained on the round's topic, which may be an earlier coordinator's. */
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
            board.clearForeignRound();
        }
    }

    void onAnswer(String topic, DeviceId device, Bytes payload) {
        int packetBytes = PublishPacket.size(topic, payload.size(), 1, false);
        DeviceMessage message;
        try {
            message = WireMapper.decodeDeviceMessage(payload);
        } catch (MalformedMessageException e) {
            listener.on(new FederationEvent.Received(id(), Optional.empty(), false, packetBytes));
            reply(device, newest.orElse(new RoundId(1, 1)), Code.MALFORMED, String.valueOf(e.getMessage()));
            return;
        }
        if (message instanceof Update update) {
            uploads.add(topic, update, packetBytes, line.schema().linearLayout().size());
            listener.on(new FederationEvent.Received(id(), Optional.of(update.kind()), false, packetBytes));
        } else {
            listener.on(new FederationEvent.Received(id(), Optional.empty(), true, packetBytes));
        }
        judge(device, message);
    }

    private void judge(DeviceId device, DeviceMessage message) {
        Optional<Receipt> earlier = verdicts.repeat(device, message.round());
        if (earlier.isPresent()) {
            listener.on(new FederationEvent.Judged(
                    id(), device, Optional.of(earlier.get().code()), true));
            board.answer(device, earlier.get());
            return;
        }
        Optional<Device> registered = state.fleet().device(device);
        Optional<Verdict.Rejected> refused =
                admission.judgeSender(device, message, registered, work.map(RoundWork::terms), newest);
        if (refused.isPresent()) {
            // A decline without effect is none that its sender waits for.
            if (message instanceof Update) {
                Code code = refused.get().code();
                Receipt receipt =
                        reply(device, message.round(), code, refused.get().detail());
                if (code == Code.LATE) {
                    verdicts.note(device, receipt);
                }
            }
            return;
        }
        if (message instanceof Decline) {
            listener.on(new FederationEvent.Judged(id(), device, Optional.empty(), false));
            apply(new RoundEvent.Answered(device, OpenRound.Answer.DECLINED));
        } else if (message instanceof Update update) {
            judge(update, registered.orElseThrow(), work.orElseThrow());
        }
    }

    private void judge(Update update, Device device, RoundWork open) {
        if (open.contributors().contains(device.id())) {
            // STATISTICS are answered for when the round closes; until then a duplicate waits like the first.
            listener.on(new FederationEvent.Judged(id(), device.id(), Optional.of(Code.ACCEPTED), true));
            return;
        }
        Verdict verdict = fold(open, device.id(), admission.judge(update, device, open.terms()));
        if (verdict instanceof Verdict.Rejected rejected) {
            verdicts.note(device.id(), reply(device.id(), update.round(), rejected.code(), rejected.detail()));
            apply(new RoundEvent.Answered(device.id(), OpenRound.Answer.REJECTED));
            return;
        }
        if (update.kind() == RoundKind.STATISTICS) {
            listener.on(new FederationEvent.Judged(id(), device.id(), Optional.of(Code.ACCEPTED), false));
        } else {
            verdicts.note(device.id(), reply(device.id(), update.round(), Code.ACCEPTED, ""));
        }
        apply(new RoundEvent.Answered(device.id(), OpenRound.Answer.CONTRIBUTED));
    }

    private static Verdict fold(RoundWork open, DeviceId device, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            try {
                open.fold(device, accepted.contribution());
            } catch (ArithmeticException e) {
                return new Verdict.Rejected(Code.NORM_TOO_LARGE, "the sum would overflow: " + e.getMessage());
            }
        }
        return verdict;
    }

    private Receipt reply(DeviceId device, RoundId round, Code code, String detail) {
        String bounded = detail.length() <= MAX_DETAIL_CHARACTERS ? detail : detail.substring(0, MAX_DETAIL_CHARACTERS);
        Receipt receipt = new Receipt(id(), round, code, bounded, false);
        listener.on(new FederationEvent.Judged(id(), device, Optional.of(code), false));
        board.answer(device, receipt);
        return receipt;
    }

    private void apply(RoundEvent event) {
        Deque<RoundEvent> events = new ArrayDeque<>();
        events.add(event);
        while (!events.isEmpty()) {
            Transition transition = machine.apply(state, events.remove(), clock.instant());
            state = transition.state();
            for (RoundEffect effect : transition.effects()) {
                carryOut(effect).ifPresent(events::add);
            }
        }
        if (!(state.stage() instanceof Stage.Open)) {
            board.clearRound();
        }
    }

    private Optional<RoundEvent> carryOut(RoundEffect effect) {
        if (effect instanceof RoundEffect.Announce announce) {
            announce(announce.round());
        } else if (effect instanceof RoundEffect.Commit commit) {
            RoundWork closed = close();
            return Optional.of(
                    commits.commit(commit.round(), commit.reason(), closed, uploads, verdicts, clock.instant()));
        } else if (effect instanceof RoundEffect.Abandon abandon) {
            work.ifPresent(open -> commits.release(open, verdicts, "the round was abandoned"));
            Optional<RoundWork> closed = work;
            work = Optional.empty();
            commits.abandon(abandon.round(), abandon.reason(), closed, uploads, clock.instant());
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

    private RoundWork close() {
        RoundWork closed = work.orElseThrow();
        work = Optional.empty();
        return closed;
    }

    private void announce(OpenRound round) {
        RoundAnnouncement announcement = Announcements.of(definition, line.schema(), line.version(), round);
        work = Optional.of(new RoundWork(new RoundTerms(announcement, line.schema())));
        newest = Optional.of(round.id());
        verdicts.open(round.id());
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
