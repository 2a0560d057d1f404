package dev.tributary.coordinator.round;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A round that devices can answer.
 *
 * @param share of all possible devices that is selected
 * @param trainRounds TRAIN rounds closed before it
 * @param selected the devices that may contribute: online at the opening, or come or heard of since
 * @param reachable those of them that are online now
 * @param answers of the devices that answered
 */
public record OpenRound(
        RoundId id,
        Step step,
        Bytes nonce,
        double share,
        int trainRounds,
        Instant openedAt,
        Instant deadline,
        Set<DeviceId> selected,
        Set<DeviceId> reachable,
        Map<DeviceId, Answer> answers) {
    /** How a device answered. */
    public enum Answer {
        CONTRIBUTED,
        DECLINED,
        REJECTED
    }

    public OpenRound {
        selected = Collections.unmodifiableSet(selected);
        reachable = Collections.unmodifiableSet(reachable);
        answers = Collections.unmodifiableMap(answers);
    }

    /** How many devices answered in this way. */
    public int count(Answer answer) {
        return Collections.frequency(answers.values(), answer);
    }

    /** How many contributed. */
    public int contributors() {
        return count(Answer.CONTRIBUTED);
    }

    /** Whether the rule of {@link RoundAnnouncement#selects} selects {@code device}. */
    public boolean selects(DeviceId device) {
        return share >= 1 || RoundAnnouncement.position(nonce, device) < share;
    }

    /** Whether every device that can be reached answered. */
    boolean isAnsweredByReachable() {
        return answers.keySet().containsAll(reachable);
    }

    /** Whether every selected device answered, also those that went away. */
    boolean isAnsweredByAll() {
        return answers.keySet().containsAll(selected);
    }

    OpenRound answered(DeviceId device, Answer answer) {
        if (answers.get(device) == Answer.CONTRIBUTED) {
            return this;
        }
        Map<DeviceId, Answer> next = new HashMap<>(answers);
        next.put(device, answer);
        return with(plus(selected, device), reachable, next);
    }

    OpenRound joinedBy(DeviceId device) {
        return with(plus(selected, device), plus(reachable, device), answers);
    }

    OpenRound leftBy(DeviceId device) {
        Set<DeviceId> next = new HashSet<>(reachable);
        next.remove(device);
        return with(selected, next, answers);
    }

    private static Set<DeviceId> plus(Set<DeviceId> devices, DeviceId device) {
        if (devices.contains(device)) {
            return devices;
        }
        Set<DeviceId> next = new HashSet<>(devices);
        next.add(device);
        return next;
    }

    private OpenRound with(Set<DeviceId> nowSelected, Set<DeviceId> nowReachable, Map<DeviceId, Answer> nowAnswers) {
        return new OpenRound(
                id, step, nonce, share, trainRounds, openedAt, deadline, nowSelected, nowReachable, nowAnswers);
    }
}
