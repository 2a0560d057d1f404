package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.ByteBudget;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.protocol.Presence;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.Topics;
import dev.tributary.wire.WireMapper;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A device's part in one federation: what it knows of it, and its {@link RoundState}. Owned by the session's queue.
 *
 * <p>A call is answered once: what was answered is stored before it is published, and published again instead of made
 * again.
 */
final class Participation {
    private static final System.Logger LOG = System.getLogger(Participation.class.getName());

    private final DeviceId device;
    private final Member member;
    private final Learner learner;
    private final Memory memory;
    private final ErrorFeedback feedback;
    private final DeviceModel deviceModel;
    private final FederationView view;
    private final SessionListener listener;
    private final LongSupplier nanoTime;
    private final Consumer<Answer> outbox;
    private final Allowance allowance;
    private final Consumer<Runnable> later;

    private RoundState state = new RoundState.Idle();
    private Optional<Answer> lastAnswer = Optional.empty();
    private Optional<RoundId> newestRound = Optional.empty();
    private Optional<Long> comeBackNanos = Optional.empty();

    /**
     * A participation that publishes through {@code outbox}.
     *
     * @param later runs a task on the session's queue, when what a call needs should have come
     * @param allowance what the device, in all its federations, may still send and receive
     */
    Participation(
            DeviceId device,
            Member member,
            Learner learner,
            DeviceState memory,
            SessionListener listener,
            LongSupplier nanoTime,
            Consumer<Answer> outbox,
            Consumer<Runnable> later,
            Allowance allowance) {
        this.device = device;
        this.member = member;
        this.learner = learner;
        this.memory = new Memory(member.federation(), memory);
        this.feedback = new ErrorFeedback(this.memory);
        this.deviceModel = new DeviceModel(member, this.memory, listener);
        this.view = new FederationView(member.federation(), this.memory, deviceModel, listener);
        this.listener = listener;
        this.nanoTime = nanoTime;
        this.outbox = outbox;
        this.later = later;
        this.allowance = allowance;
    }

    Member member() {
        return member;
    }

    RoundState state() {
        return state;
    }

    /** Takes up what a former process remembered. */
    void restore() {
        view.restore();
        memory.get(DeviceState.Slot.TRAFFIC).ifPresent(allowance::restore);
        lastAnswer = memory.get(DeviceState.Slot.ANSWER).flatMap(Answer::of);
        lastAnswer.ifPresent(answer -> state = RoundState.of(answer));
        newestRound = lastAnswer.map(answer -> answer.key().round());
        unsettled()
                .ifPresent(answer ->
                        listener.onAnswer(name(), WireMapper.decodeDeviceMessage(answer.payload()), answer.payload()));
    }

    /** In another session than before, what is retained comes anew: a call that is still open among it. */
    void onConnected(boolean sessionPresent) {
        if (!sessionPresent) {
            view.onConnectedAnew();
            forgetCall();
        }
    }

    private void forgetCall() {
        state = state instanceof RoundState.Called ? new RoundState.Idle() : state;
    }

    void onSpec(Bytes payload) {
        Optional<Integer> before = view.revision();
        view.onSpec(payload);
        beginAnewIf(isBelow(view.revision(), before));
    }

    void onModel(Bytes payload) {
        Optional<Long> before = view.version();
        view.onModel(payload);
        beginAnewIf(isBelow(view.version(), before));
    }

    void onModelDelta(Bytes payload) {
        view.onModelDelta(payload);
    }

    /** The topics to be subscribed to, in this order. */
    Set<String> topics() {
        view.hear(wantsModels());
        Set<String> topics = view.topics();
        topics.add(Topics.receipt(name(), device));
        topics.add(Topics.round(name()));
        return topics;
    }

    /** What the federation's specification allows the device, if it limits it. */
    Optional<ByteBudget> budget() {
        return view.spec().flatMap(FederationSpec::budget);
    }

    private boolean wantsModels() {
        boolean isOften = budget().filter(ByteBudget::modelsWhenCalled).isEmpty();
        return (isOften || state instanceof RoundState.Called) && !isSpent();
    }

    /** Whether one more answer like the last one would be too much. */
    private boolean isSpent() {
        return allowance.isSpent(
                budget(), lastAnswer.map(answer -> answer.payload().size()).orElse(0));
    }

    private static <T extends Comparable<T>> boolean isBelow(Optional<T> now, Optional<T> before) {
        return now.isPresent() && before.isPresent() && now.get().compareTo(before.get()) < 0;
    }

    /** A revision or version that goes back: the federation began anew, and may count its rounds from 1 again. */
    private void beginAnewIf(boolean goesBack) {
        newestRound = goesBack ? Optional.empty() : newestRound;
    }

    /**
     * A call to a round, or with an empty payload the end of one; a call to an older round than one seen is left aside.
     *
     * @param expiry what the broker says is left of the deadline
     */
    void onRound(Bytes payload, boolean retained, Optional<Duration> expiry) {
        if (payload.size() == 0) {
            forgetCall();
            return;
        }
        RoundAnnouncement announced = WireMapper.decodeRound(name(), payload);
        if (isBelow(Optional.of(announced.round()), newestRound)) {
            LOG.log(
                    System.Logger.Level.DEBUG,
                    "{0}: round {1} is older than {2} and left aside",
                    name(),
                    announced.round(),
                    newestRound.get());
            return;
        }
        newestRound = Optional.of(announced.round());
        long now = nanoTime.getAsLong();
        comeBackNanos = Optional.of(now + announced.comeBack().toNanos());
        if (!concerns(announced)) {
            forgetCall();
            return;
        }
        Duration left =
                expiry.filter(rest -> rest.compareTo(announced.deadline()) < 0).orElse(announced.deadline());
        onCall(announced, retained, now + left.toNanos());
    }

    private void onCall(RoundAnnouncement call, boolean retained, long expiresNanos) {
        RoundKey key = RoundKey.of(call);
        Optional<Answer> same = lastAnswer.filter(answer -> answer.key().equals(key));
        if (same.isEmpty()) {
            state = new RoundState.Called(call, expiresNanos);
            if (!view.knows(call)) {
                later.accept(() -> missesBaseOf(key));
            }
        } else {
            state = RoundState.of(same.get());
            if (!retained) {
                // A call repeated live asks again; a retained one came with the subscription, and what is not settled
                // was sent again with the connection.
                outbox.accept(same.get());
            }
        }
    }

    private void missesBaseOf(RoundKey key) {
        if (state instanceof RoundState.Called called
                && RoundKey.of(called.call()).equals(key)) {
            view.missesBaseOf(called.call());
        }
    }

    private boolean concerns(RoundAnnouncement call) {
        boolean asTrainer = call.kind() != RoundKind.EVALUATE;
        return call.selects(device) && (member.role() == Presence.Role.TRAINER || !asTrainer);
    }

    void onReceipt(Bytes payload) {
        Receipt receipt = WireMapper.decodeReceipt(name(), payload);
        if (state instanceof RoundState.AwaitingReceipt awaiting
                && awaiting.answer().key().round().equals(receipt.round())) {
            settle(awaiting.answer(), receipt.code());
        }
        listener.onReceipt(receipt);
    }

    private void settle(Answer answer, Receipt.Code code) {
        // First: should the process end here, the answer is sent again and gets the same receipt.
        feedback.settle(answer.key(), code);
        remember(answer.settle());
        if (answer.key().kind() == RoundKind.STATISTICS && code == Receipt.Code.OUTLYING_STATISTICS) {
            memory.put(
                    DeviceState.Slot.REJECTED_REVISION,
                    Bytes.of(ByteBuffer.allocate(Integer.BYTES)
                            .putInt(answer.revision())
                            .array()));
        } else if (answer.key().kind() == RoundKind.STATISTICS && code == Receipt.Code.ACCEPTED) {
            memory.remove(DeviceState.Slot.REJECTED_REVISION);
        }
    }

    /** Whether a call is not answered, or an answer has no receipt. */
    boolean isOpen() {
        return state instanceof RoundState.Called || state instanceof RoundState.AwaitingReceipt;
    }

    /** How long from now the last announcement asks a device that sleeps to look again; empty when that has passed. */
    Optional<Duration> comeBack() {
        long now = nanoTime.getAsLong();
        return comeBackNanos.filter(at -> at - now > 0).map(at -> Duration.ofNanos(at - now));
    }

    /** The update that waits for its receipt. */
    Optional<Answer> unsettled() {
        return state instanceof RoundState.AwaitingReceipt awaiting ? Optional.of(awaiting.answer()) : Optional.empty();
    }

    /** The broker will never take this answer. */
    void onRefused(Answer answer) {
        if (unsettled().equals(Optional.of(answer))) {
            remember(answer.settle());
        }
    }

    /** Whether a call is open and all that it needs is there. */
    boolean canWork() {
        return state instanceof RoundState.Called called && (view.knows(called.call()) || isSpent());
    }

    /** Answers the open call if all that it needs is there; long. Returns whether there was something to do. */
    boolean work() {
        if (!canWork() || !(state instanceof RoundState.Called called)) {
            return false;
        }
        long start = nanoTime.getAsLong();
        if (called.isOver(start)) {
            forgetCall();
            return false;
        }
        RoundAnnouncement call = called.call();
        DeviceMessage message = make(call);
        Duration took = Duration.ofNanos(nanoTime.getAsLong() - start);
        Answer answer = Answer.to(call, message, view.spec().orElseThrow(), device);
        if (!remember(answer) && message instanceof Update) {
            // What cannot be stored may not be sent: after a restart it would be made a second time.
            message = new Decline(call.round(), Decline.Reason.BUSY);
            answer = Answer.to(call, message, view.spec().orElseThrow(), device);
            remember(answer);
        }
        report(call, message, took);
        listener.onAnswer(name(), message, answer.payload());
        outbox.accept(answer);
        return true;
    }

    private DeviceMessage make(RoundAnnouncement call) {
        FederationSpec spec = view.spec().orElseThrow();
        if (isSpent()) {
            LOG.log(
                    System.Logger.Level.INFO,
                    "{0}: round {1} is declined: {2} of {3} bytes of 24 hours are used",
                    name(),
                    call.round(),
                    allowance.day().bytes(),
                    budget().orElseThrow().bytesPerDay());
            return new Decline(call.round(), Decline.Reason.OVER_BUDGET);
        }
        if (call.kind() != RoundKind.STATISTICS && isRejected(spec)) {
            return new Decline(call.round(), Decline.Reason.STATISTICS_REJECTED);
        }
        try {
            return new RoundWork(
                            device, member, spec, view.model(), deviceModel, learner, feedback, memory::nextSequence)
                    .answer(call);
        } catch (UncheckedIOException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}: round {1} is declined, the examples cannot be read: {2}",
                    name(),
                    call.round(),
                    e.getMessage());
            return new Decline(call.round(), Decline.Reason.BUSY);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, name() + ": round " + call.round() + " failed on " + device, e);
            return new Decline(call.round(), Decline.Reason.UNSUPPORTED);
        }
    }

    /** Rejected statistics of revision r keep the device out of revision r+1, which was made without them. */
    private boolean isRejected(FederationSpec spec) {
        return member.role() == Presence.Role.TRAINER
                && memory.get(DeviceState.Slot.REJECTED_REVISION)
                        .filter(stored -> spec.schema().revision()
                                <= ByteBuffer.wrap(stored.toArray()).getInt() + 1)
                        .isPresent();
    }

    private void report(RoundAnnouncement call, DeviceMessage message, Duration took) {
        if (message instanceof Decline decline) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: declines round {1}: {2}", name(), call.round(), decline.reason());
            listener.onDeclined(name(), decline.reason());
            return;
        }
        listener.onContributed(name(), call.kind(), took);
    }

    /** Durable first, then in force; returns whether it is durable. */
    private boolean remember(Answer answer) {
        boolean durable = memory.put(DeviceState.Slot.ANSWER, answer.toBytes());
        budget().ifPresent(limited -> memory.put(DeviceState.Slot.TRAFFIC, allowance.toBytes()));
        lastAnswer = Optional.of(answer);
        state = RoundState.of(answer);
        return durable;
    }

    private FederationId name() {
        return member.federation();
    }
}
