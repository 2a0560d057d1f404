package dev.tributary.coordinator.engine;

import dev.tributary.coordinator.admission.Admission;
import dev.tributary.coordinator.admission.Contribution;
import dev.tributary.coordinator.admission.RoundTerms;
import dev.tributary.coordinator.admission.Verdict;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.round.FederationState;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.round.RoundEvent;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.MalformedMessageException;
import dev.tributary.protocol.Receipt;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.transport.PublishPacket;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.DeviceMessage;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import dev.tributary.wire.WireMapper;
import java.time.Instant;
import java.util.Optional;

/**
 * Takes what devices answer to announcements: gives each update its verdict, once, and whoever sends it again the same
 * verdict. Owned by the federation's thread.
 */
final class AnswerDesk {
    private static final int MAX_DETAIL_CHARACTERS = 200;

    private final FederationId federation;
    private final Admission admission;
    private final FederationStore store;
    private final UnitOfWork unit;
    private final Board board;
    private final UploadCount uploads;
    private final Optional<Buffer> buffer;
    private final FederationListener listener;

    AnswerDesk(
            FederationId federation,
            Admission admission,
            FederationStore store,
            UnitOfWork unit,
            Board board,
            UploadCount uploads,
            Optional<Buffer> buffer,
            FederationListener listener) {
        this.federation = federation;
        this.admission = admission;
        this.store = store;
        this.unit = unit;
        this.board = board;
        this.uploads = uploads;
        this.buffer = buffer;
        this.listener = listener;
    }

    /**
     * A message as it came, and when.
     *
     * @param topic that it came on
     */
    record Arrival(String topic, DeviceId device, Bytes payload, Instant at) {
        int packetBytes() {
            return PublishPacket.size(topic, payload.size(), 1, false);
        }
    }

    /**
     * What a message is held against.
     *
     * @param work of the open round
     * @param newest round that was announced
     * @param weights of a model
     * @param isEnding whether there will be no version that updates to earlier rounds could wait for
     */
    record Situation(
            FederationState state, Optional<RoundWork> work, Optional<RoundId> newest, int weights, boolean isEnding) {
        Optional<RoundWork> work(RoundId round) {
            return work.filter(open -> open.terms().announcement().round().equals(round));
        }
    }

    /** Deals with a message; the answer is what it means for the open round, or for the next version. */
    Optional<RoundEvent> take(Arrival arrival, Situation situation) {
        DeviceMessage message;
        try {
            message = WireMapper.decodeDeviceMessage(arrival.payload());
        } catch (MalformedMessageException e) {
            received(arrival, Optional.empty(), false);
            RoundId round = situation.newest().orElse(new RoundId(1, 1));
            reply(arrival.device(), round, Code.MALFORMED, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
        UploadCount.Taken counted = UploadCount.Taken.NOTHING;
        if (message instanceof Update update) {
            counted = uploads.add(arrival.topic(), update, arrival.packetBytes(), situation.weights());
            received(arrival, Optional.of(update.kind()), false);
        } else {
            received(arrival, Optional.empty(), true);
        }
        return judge(arrival, message, counted, situation);
    }

    private void received(Arrival arrival, Optional<RoundKind> kind, boolean decline) {
        listener.on(new FederationEvent.Received(federation, kind, decline, arrival.packetBytes()));
    }

    private Optional<RoundEvent> judge(
            Arrival arrival, DeviceMessage message, UploadCount.Taken counted, Situation situation) {
        DeviceId device = arrival.device();
        Optional<Participation> earlier = earlier(device, message.round(), situation.state());
        Optional<Code> verdict = earlier.flatMap(Participation::code);
        if (verdict.isPresent()) {
            repeat(device, message.round(), verdict.get(), earlier.get().detail());
            return Optional.empty();
        }
        Optional<Device> registered = situation.state().fleet().device(device);
        Optional<RoundTerms> terms = terms(message, situation);
        Optional<Verdict.Rejected> refused =
                admission.judgeSender(device, message, registered, terms, situation.newest());
        if (refused.isPresent()) {
            if (message instanceof Update update) {
                // A decline without effect is none that its sender waits for.
                refuse(arrival, update, refused.get(), earlier);
            }
            return Optional.empty();
        }
        boolean hasContributed = earlier.flatMap(Participation::answer)
                .filter(Answer.CONTRIBUTED::equals)
                .isPresent();
        if (message instanceof Decline decline) {
            return hasContributed ? Optional.empty() : Optional.of(declined(arrival, decline));
        }
        if (hasContributed) {
            // STATISTICS are answered for when the round closes; until then a duplicate waits like the first.
            listener.on(new FederationEvent.Judged(federation, device, Optional.of(Code.ACCEPTED), true));
            return Optional.empty();
        }
        return judge(arrival, (Update) message, registered.orElseThrow(), terms.orElseThrow(), counted, situation);
    }

    /** Those of the open round, or those that an update to an earlier one must keep to. */
    private Optional<RoundTerms> terms(DeviceMessage message, Situation situation) {
        Optional<RoundTerms> open = situation.work().map(RoundWork::terms);
        boolean isForBuffer = message instanceof Update update
                && update.kind() == RoundKind.TRAIN
                && situation.work(update.round()).isEmpty()
                && !situation.isEnding();
        return isForBuffer
                ? buffer.flatMap(waiting -> waiting.terms(message.round())).or(() -> open)
                : open;
    }

    /** What is known of the device in this round; there is no need to look for who did not answer the open one. */
    private Optional<Participation> earlier(DeviceId device, RoundId round, FederationState state) {
        Optional<OpenRound> open =
                state.openRound().filter(candidate -> candidate.id().equals(round));
        return open.isPresent() && open.get().answer(device).isEmpty()
                ? Optional.empty()
                : participation(round, device);
    }

    private Optional<Participation> participation(RoundId round, DeviceId device) {
        return unit.participation(round, device).or(() -> store.participation(federation, round, device));
    }

    private void repeat(DeviceId device, RoundId round, Code code, String detail) {
        listener.on(new FederationEvent.Judged(federation, device, Optional.of(code), true));
        board.answer(device, new Receipt(federation, round, code, detail, true));
    }

    private void refuse(Arrival arrival, Update update, Verdict.Rejected refused, Optional<Participation> earlier) {
        reply(arrival.device(), update.round(), refused.code(), refused.detail());
        boolean cameTooLate = refused.code() == Code.LATE
                && earlier.filter(known -> known.answer().isEmpty()).isPresent();
        if (cameTooLate) {
            keep(arrival, update.round(), Optional.empty(), Optional.of(refused), update.exampleCount());
        }
    }

    private RoundEvent declined(Arrival arrival, Decline decline) {
        listener.on(new FederationEvent.Judged(federation, arrival.device(), Optional.empty(), false));
        Participation participation = new Participation(
                arrival.device(),
                Optional.of(Answer.DECLINED),
                Optional.empty(),
                "",
                Optional.of(decline.reason()),
                0,
                0,
                0,
                Optional.of(arrival.at()));
        unit.change(new Change.SaveParticipation(federation, decline.round(), participation, Optional.empty()));
        return new RoundEvent.Answered(arrival.device(), Answer.DECLINED);
    }

    private Optional<RoundEvent> judge(
            Arrival arrival,
            Update update,
            Device device,
            RoundTerms terms,
            UploadCount.Taken counted,
            Situation situation) {
        Optional<RoundWork> open = situation.work(update.round());
        Optional<Buffer> waiting = buffer.filter(any -> terms.announcement().kind() == RoundKind.TRAIN);
        Verdict verdict = fold(open, waiting, device.id(), terms, verdict(update, device, terms, waiting));
        if (verdict instanceof Verdict.Rejected rejected) {
            reply(device.id(), update.round(), rejected.code(), rejected.detail());
            keep(arrival, update.round(), Optional.of(Answer.REJECTED), Optional.of(rejected), update.exampleCount());
            return open.map(any -> new RoundEvent.Answered(device.id(), Answer.REJECTED));
        }
        boolean isSettledLater = update.kind() == RoundKind.STATISTICS;
        if (isSettledLater) {
            listener.on(new FederationEvent.Judged(federation, device.id(), Optional.of(Code.ACCEPTED), false));
        } else {
            reply(device.id(), update.round(), Code.ACCEPTED, "");
        }
        Participation participation = new Participation(
                device.id(),
                Optional.of(Answer.CONTRIBUTED),
                isSettledLater ? Optional.empty() : Optional.of(Code.ACCEPTED),
                "",
                Optional.empty(),
                update.exampleCount(),
                counted.bytes(),
                counted.float32Bytes(),
                Optional.of(arrival.at()));
        unit.change(new Change.SaveParticipation(
                federation,
                update.round(),
                waiting.isPresent() ? participation.inBuffer() : participation,
                Optional.of(arrival.payload())));
        waiting.ifPresent(any -> listener.on(
                new FederationEvent.Buffered(federation, device.id(), any.staleness(terms.announcement()))));
        return Optional.of(
                open.isPresent()
                        ? new RoundEvent.Answered(device.id(), Answer.CONTRIBUTED)
                        : new RoundEvent.Buffered(device.id()));
    }

    private Verdict verdict(Update update, Device device, RoundTerms terms, Optional<Buffer> waiting) {
        Optional<Verdict.Rejected> tooOld = waiting.flatMap(any -> any.judge(terms.announcement()));
        return tooOld.isPresent() ? tooOld.get() : admission.judge(update, device, terms);
    }

    private static Verdict fold(
            Optional<RoundWork> open, Optional<Buffer> waiting, DeviceId device, RoundTerms terms, Verdict verdict) {
        if (verdict instanceof Verdict.Accepted accepted) {
            try {
                if (waiting.isPresent() && accepted.contribution() instanceof Contribution.Delta delta) {
                    waiting.get().fold(device, terms.announcement(), delta);
                } else {
                    open.orElseThrow().fold(device, accepted.contribution());
                }
            } catch (ArithmeticException e) {
                return new Verdict.Rejected(Code.NORM_TOO_LARGE, "the sum would overflow: " + e.getMessage());
            }
        }
        return verdict;
    }

    /** Folds a kept contribution in again after a restart; it was accepted once, and the verdict is the same again. */
    void refold(DeviceId device, Bytes payload, FederationState state, RoundWork open) {
        Update update = (Update) WireMapper.decodeDeviceMessage(payload);
        Device registered = state.fleet().device(device).orElseThrow();
        Verdict verdict = admission.judge(update, registered, open.terms());
        if (fold(Optional.of(open), Optional.empty(), device, open.terms(), verdict) instanceof Verdict.Rejected no) {
            throw new IllegalStateException("the kept update of " + device + " to round " + update.round()
                    + " is no longer accepted: " + no.detail());
        }
    }

    /** The verdict on statistics, which falls when their round closes. */
    void settle(RoundId round, DeviceId device, Code code, String detail) {
        Participation known = participation(round, device)
                .orElseThrow(() -> new IllegalStateException(device + " must have contributed to round " + round));
        String bounded = bounded(detail);
        unit.change(new Change.SaveParticipation(federation, round, known.judged(code, bounded), Optional.empty()));
        board.answer(device, new Receipt(federation, round, code, bounded, false));
    }

    /** The update was accepted, and the aggregation does not count it; its device has its receipt already. */
    void leaveOut(RoundId round, DeviceId device, String why) {
        Participation known = participation(round, device)
                .orElseThrow(() -> new IllegalStateException(device + " must have contributed to round " + round));
        unit.change(new Change.SaveParticipation(federation, round, known.notCounted(bounded(why)), Optional.empty()));
    }

    private void keep(
            Arrival arrival,
            RoundId round,
            Optional<Answer> answer,
            Optional<Verdict.Rejected> rejected,
            long exampleCount) {
        Participation participation = new Participation(
                arrival.device(),
                answer,
                rejected.map(Verdict.Rejected::code),
                rejected.map(Verdict.Rejected::detail).map(AnswerDesk::bounded).orElse(""),
                Optional.empty(),
                exampleCount,
                0,
                0,
                Optional.of(arrival.at()));
        unit.change(new Change.SaveParticipation(federation, round, participation, Optional.empty()));
    }

    private void reply(DeviceId device, RoundId round, Code code, String detail) {
        listener.on(new FederationEvent.Judged(federation, device, Optional.of(code), false));
        board.answer(device, new Receipt(federation, round, code, bounded(detail), false));
    }

    private static String bounded(String detail) {
        return detail.length() <= MAX_DETAIL_CHARACTERS ? detail : detail.substring(0, MAX_DETAIL_CHARACTERS);
    }
}
