package dev.tributary.coordinator.web;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.store.DeviceRound;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.protocol.Presence.Role;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.RoundKind;
import java.util.Locale;
import java.util.Optional;

/** Why a device did or did not take part in a round, in words. */
final class Explanation {
    private Explanation() {}

    static String of(Device device, DeviceRound round) {
        return round.participation()
                .map(participation ->
                        ofSelected(participation, round.announcement().baseVersion(), round.closed()))
                .orElseGet(() -> ofOthers(device, round.announcement()));
    }

    private static String ofSelected(Participation participation, long baseVersion, Optional<RoundRecord> closed) {
        if (participation.answer().isEmpty()) {
            return ofSilent(participation, closed);
        }
        Answer answer = participation.answer().get();
        if (answer == Answer.DECLINED) {
            return "declined: "
                    + participation.declined().map(Explanation::words).orElse("no reason was given");
        } else if (answer == Answer.REJECTED) {
            return "rejected: " + verdict(participation);
        } else if (participation.code().filter(Code.OUTLYING_STATISTICS::equals).isPresent()) {
            return "left out: " + verdict(participation);
        }
        String contributed = "contributed " + participation.exampleCount() + " examples";
        if (participation.buffered()) {
            return contributed + ", which wait for the next version";
        } else if (participation.countedFor().isPresent()) {
            return contributed + " to version " + participation.countedFor().getAsLong() + ", trained from version "
                    + baseVersion;
        } else if (!participation.detail().isEmpty()) {
            return contributed + ", which were not counted: " + participation.detail();
        }
        if (closed.isEmpty()) {
            return contributed + "; the round is open";
        }
        return closed.get().committed()
                ? contributed
                : contributed + ", but the round was abandoned: " + closed.get().reason();
    }

    private static String ofSilent(Participation participation, Optional<RoundRecord> closed) {
        if (participation.code().isPresent()) {
            return "answered too late";
        }
        return closed.isEmpty()
                ? "selected, and has not answered yet"
                : "selected, but did not answer before the round closed: "
                        + closed.get().reason();
    }

    private static String ofOthers(Device device, RoundAnnouncement announcement) {
        if (!announcement.selects(device.id())) {
            return String.format(
                    Locale.ROOT,
                    "not selected: its share of this round is %.3f, selected were those below %.3f",
                    RoundAnnouncement.position(announcement.nonce(), device.id()),
                    announcement.share());
        } else if (device.role() == Role.EVALUATOR && announcement.kind() != RoundKind.EVALUATE) {
            return "not asked: it is an evaluator, and the round was for trainers";
        } else if (device.quarantine().isPresent()) {
            return "not asked: it is in quarantine since "
                    + device.quarantine().get().since();
        } else if (device.statisticsRejected()) {
            return "not asked: its statistics lie too far from the fleet's";
        }
        return "not asked: it was not online while the round was open";
    }

    private static String verdict(Participation participation) {
        String code = participation.code().map(Explanation::words).orElse("");
        return participation.detail().isEmpty() ? code : code + ", " + participation.detail();
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
