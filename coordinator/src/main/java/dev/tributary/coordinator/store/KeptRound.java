package dev.tributary.coordinator.store;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.pcollections.TreePMap;

/**
 * What the memory keeps of one round.
 *
 * @param participations of the selected devices and of those that answered
 * @param payloads of the contributions; none once it is closed
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
        return new KeptRound(announcement, asOpened, participations, TreePMap.empty(), Optional.of(record));
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
