package dev.tributary.coordinator.store;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.pcollections.TreePMap;

/**
 * What the memory keeps of one round.
 *
 * @param participations of the selected devices and of those that answered
 * @param payloads of the contributions; once it is closed, of those alone that wait for a version
 */
record KeptRound(
        RoundAnnouncement announcement,
        OpenRound asOpened,
        TreePMap<DeviceId, Participation> participations,
        TreePMap<DeviceId, Bytes> payloads,
        Optional<RoundRecord> closed) {

    static KeptRound opened(RoundAnnouncement announcement, OpenRound round) {
        TreePMap<DeviceId, Participation> selected = TreePMap.empty();
        for (DeviceId device : round.selected()) {
            selected = selected.plus(device, Participation.selected(device));
        }
        return new KeptRound(announcement, round, selected, TreePMap.empty(), Optional.empty());
    }

    KnownRound known() {
        return new KnownRound(announcement, asOpened.openedAt(), asOpened.deadline(), closed);
    }

    KeptRound joinedBy(DeviceId device) {
        return participations.containsKey(device) ? this : with(Participation.selected(device), Optional.empty());
    }

    KeptRound with(Participation participation, Optional<Bytes> payload) {
        DeviceId device = participation.device();
        return new KeptRound(
                announcement,
                asOpened,
                participations.plus(device, participation),
                payload.map(bytes -> payloads.plus(device, bytes)).orElse(payloads),
                closed);
    }

    KeptRound closedAs(RoundRecord record) {
        TreePMap<DeviceId, Bytes> buffered = payloads;
        for (DeviceId device : payloads.keySet()) {
            buffered = participations.get(device).buffered() ? buffered : buffered.minus(device);
        }
        return new KeptRound(announcement, asOpened, participations, buffered, Optional.of(record));
    }

    /** The updates that wait for the next version. */
    Stream<BufferedUpdate> buffered() {
        return payloads.entrySet().stream()
                .map(entry -> new BufferedUpdate(announcement, participations.get(entry.getKey()), entry.getValue()))
                .filter(update -> update.participation().buffered());
    }

    /** Without updates that wait; of their devices is kept what {@code outcome} says. */
    KeptRound unbuffered(UnaryOperator<Participation> outcome) {
        TreePMap<DeviceId, Participation> next = participations;
        TreePMap<DeviceId, Bytes> left = payloads;
        for (BufferedUpdate update : buffered().toList()) {
            DeviceId device = update.participation().device();
            next = next.plus(device, outcome.apply(update.participation()));
            left = left.minus(device);
        }
        return new KeptRound(announcement, asOpened, next, left, closed);
    }

    /** Without the update of a device in quarantine. */
    KeptRound withdrawn(DeviceId device, String reason) {
        if (!payloads.containsKey(device)) {
            return this;
        }
        Participation outcome = participations.get(device).withdrawn(reason);
        return new KeptRound(
                announcement, asOpened, participations.plus(device, outcome), payloads.minus(device), closed);
    }

    long sum(ToLongFunction<Participation> bytes) {
        return participations.values().stream().mapToLong(bytes).sum();
    }

    /** The round as its devices answered it so far. */
    OpenRound restored() {
        Map<DeviceId, OpenRound.Answer> answers = new HashMap<>();
        participations.forEach(
                (device, participation) -> participation.answer().ifPresent(answer -> answers.put(device, answer)));
        return asOpened.restored(participations.keySet(), answers);
    }
}
