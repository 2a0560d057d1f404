package dev.tributary.coordinator.round;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * A round that devices can answer; a change costs O(log n) for n devices.
 *
 * @param share of all possible devices that is selected
 * @param trainRounds TRAIN rounds closed before it
 * @param selected the devices that may contribute: online at the opening, or come or heard of since
 * @param awaited those of them that can be reached now and did not answer
 * @param answers of the devices that answered
 * @param contributors how many of the answers are contributions
 */
public record OpenRound(
        RoundId id,
        Step step,
        Bytes nonce,
        double share,
        int trainRounds,
        Instant openedAt,
        Instant deadline,
        PSet<DeviceId> selected,
        PSet<DeviceId> awaited,
        PMap<DeviceId, Answer> answers,
        int contributors) {
    /** How a device answered. */
    public enum Answer {
        CONTRIBUTED,
        DECLINED,
        REJECTED
    }

    /** A round that nobody answered yet, and all of {@code selected} can; {@code awaited} are waited for. */
    static OpenRound fresh(
            RoundId id,
            Step step,
            Bytes nonce,
            double share,
            int trainRounds,
            Instant openedAt,
            Instant deadline,
            Collection<DeviceId> selected,
            Collection<DeviceId> awaited) {
        return new OpenRound(
                id,
                step,
                nonce,
                share,
                trainRounds,
                openedAt,
                deadline,
                HashTreePSet.from(selected),
                HashTreePSet.from(awaited),
                HashTreePMap.empty(),
                0);
    }

    /** The round with these devices and answers, for {@link RoundMachine#resume} to say who is awaited. */
    public OpenRound restored(Collection<DeviceId> restoredSelection, Map<DeviceId, Answer> restoredAnswers) {
        OpenRound round = with(HashTreePSet.from(restoredSelection), HashTreePSet.empty());
        for (Map.Entry<DeviceId, Answer> entry : restoredAnswers.entrySet()) {
            round = round.answered(entry.getKey(), entry.getValue());
        }
        return round;
    }

    /** How many devices answered in this way. */
    public int count(Answer answer) {
        return (int) answers.values().stream().filter(answer::equals).count();
    }

    /** How the device answered, if it did. */
    public Optional<Answer> answer(DeviceId device) {
        return Optional.ofNullable(answers.get(device));
    }

    /** Whether the rule of {@link RoundAnnouncement#selects} selects {@code device}. */
    public boolean selects(DeviceId device) {
        return share >= 1 || RoundAnnouncement.position(nonce, device) < share;
    }

    /** Whether every device that can be reached answered. */
    boolean isAnsweredByReachable() {
        return awaited.isEmpty();
    }

    /** Whether every selected device answered, also those that went away; whoever answers is selected. */
    boolean isAnsweredByAll() {
        return answers.size() == selected.size();
    }

    OpenRound answered(DeviceId device, Answer answer) {
        Answer before = answers.get(device);
        if (before == Answer.CONTRIBUTED) {
            return this;
        }
        return new OpenRound(
                id,
                step,
                nonce,
                share,
                trainRounds,
                openedAt,
                deadline,
                selected.plus(device),
                awaited.minus(device),
                answers.plus(device, answer),
                contributors + (answer == Answer.CONTRIBUTED ? 1 : 0));
    }

    OpenRound joinedBy(DeviceId device) {
        return with(selected.plus(device), answers.containsKey(device) ? awaited : awaited.plus(device));
    }

    OpenRound leftBy(DeviceId device) {
        return with(selected, awaited.minus(device));
    }

    OpenRound endingAt(Instant nextDeadline) {
        return new OpenRound(
                id, step, nonce, share, trainRounds, openedAt, nextDeadline, selected, awaited, answers, contributors);
    }

    private OpenRound with(PSet<DeviceId> nowSelected, PSet<DeviceId> nowAwaited) {
        return new OpenRound(
                id,
                step,
                nonce,
                share,
                trainRounds,
                openedAt,
                deadline,
                nowSelected,
                nowAwaited,
                answers,
                contributors);
    }
}
