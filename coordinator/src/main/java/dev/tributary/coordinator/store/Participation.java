package dev.tributary.coordinator.store;

import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a selected device did in a round.
 *
 * @param answer empty while it did not answer, and when what it sent came too late
 * @param code its verdict; empty without one, so for a decline and for statistics until their round closes
 * @param detail of the verdict
 * @param declined why it declined
 * @param exampleCount behind its update; 0 without one
 * @param packetBytes of the PUBLISH that brought the answer
 * @param float32Bytes what that packet would have measured with float32 vectors
 * @param answeredAt when the answer came
 * @param buffered asynchronous: whether its accepted update waits for the next version
 * @param countedFor asynchronous: the version that counts its update
 */
public record Participation(
        DeviceId device,
        Optional<Answer> answer,
        Optional<Receipt.Code> code,
        String detail,
        Optional<Decline.Reason> declined,
        long exampleCount,
        long packetBytes,
        long float32Bytes,
        Optional<Instant> answeredAt,
        boolean buffered,
        OptionalLong countedFor) {
    /** One whose update waits for no version, but for its round. */
    public Participation(
            DeviceId device,
            Optional<Answer> answer,
            Optional<Receipt.Code> code,
            String detail,
            Optional<Decline.Reason> declined,
            long exampleCount,
            long packetBytes,
            long float32Bytes,
            Optional<Instant> answeredAt) {
        this(
                device,
                answer,
                code,
                detail,
                declined,
                exampleCount,
                packetBytes,
                float32Bytes,
                answeredAt,
                false,
                OptionalLong.empty());
    }

    /** A device that was selected and did not answer yet. */
    public static Participation selected(DeviceId device) {
        return new Participation(
                device, Optional.empty(), Optional.empty(), "", Optional.empty(), 0, 0, 0, Optional.empty());
    }

    /** Whether its update was accepted, waits for no version, and was left out of none. */
    public boolean isCounted() {
        boolean isAccepted =
                answer.equals(Optional.of(Answer.CONTRIBUTED)) && code.equals(Optional.of(Receipt.Code.ACCEPTED));
        return isAccepted && !buffered && detail.isEmpty();
    }

    /** The same with this verdict. */
    public Participation judged(Receipt.Code newCode, String newDetail) {
        return new Participation(
                device,
                answer,
                Optional.of(newCode),
                newDetail,
                declined,
                exampleCount,
                packetBytes,
                float32Bytes,
                answeredAt,
                buffered,
                countedFor);
    }

    /** The same with its update taken out again, because its device is in quarantine for this reason. */
    public Participation withdrawn(String reason) {
        return new Participation(
                device,
                Optional.of(Answer.REJECTED),
                Optional.of(Receipt.Code.QUARANTINED),
                reason,
                declined,
                exampleCount,
                packetBytes,
                float32Bytes,
                answeredAt);
    }

    /** The same while its update waits for the next version. */
    public Participation inBuffer() {
        return with(detail, true, OptionalLong.empty());
    }

    /** The same with its update counted in this version. */
    public Participation countedFor(long version) {
        return with(detail, false, OptionalLong.of(version));
    }

    /** The same with its update counted nowhere, for this reason. */
    public Participation notCounted(String reason) {
        return with(reason, false, OptionalLong.empty());
    }

    private Participation with(String nextDetail, boolean nowBuffered, OptionalLong nowCountedFor) {
        return new Participation(
                device,
                answer,
                code,
                nextDetail,
                declined,
                exampleCount,
                packetBytes,
                float32Bytes,
                answeredAt,
                nowBuffered,
                nowCountedFor);
    }
}
