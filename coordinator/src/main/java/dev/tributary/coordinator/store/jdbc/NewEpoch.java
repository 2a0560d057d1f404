package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.store.Workflow;
import dev.tributary.coordinator.store.Workflow.Phase;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/** What becomes of a federation that is restored from a backup: it goes on in numbers that nobody has seen. */
final class NewEpoch {
    /** Rounds and versions of one epoch, at most. */
    static final long NUMBERS = 1_000_000;

    private static final String REASON = "restored from a backup";

    private final Handle handle;
    private final Instant now;

    NewEpoch(Handle handle, Instant now) {
        this.handle = handle;
        this.now = now;
    }

    void begin(FederationId federation, long epoch) {
        FederationTable federations = new FederationTable(handle);
        FederationTable.Row row = federations.find(federation).orElseThrow();
        federations.saveEpoch(federation, epoch);
        List<Change> changes = new ArrayList<>();
        row.workflow().ifPresent(workflow -> {
            if (workflow.phase() == Phase.OPEN) {
                new RoundTable(handle)
                        .newest(federation)
                        .ifPresent(round -> changes.add(new Change.CloseRound(abandoned(federation, round))));
            }
            changes.add(new Change.SaveWorkflow(federation, renumbered(workflow, epoch)));
        });
        new Commit(handle).write(changes);
    }

    /** An interrupted round is tried anew at once, as soon as its plan's minimum of devices is there. */
    private Workflow renumbered(Workflow workflow, long epoch) {
        boolean wasOpen = workflow.phase() == Phase.OPEN;
        return new Workflow(
                wasOpen ? Phase.STALLED : workflow.phase(),
                workflow.needed(),
                wasOpen ? Optional.of(now) : workflow.retryAt(),
                workflow.step(),
                Math.max(workflow.roundNumber(), Math.multiplyExact(epoch, NUMBERS)),
                0,
                workflow.trainRounds(),
                workflow.scores(),
                workflow.stop(),
                workflow.bytesUp(),
                workflow.paused());
    }

    private RoundRecord abandoned(FederationId federation, RoundTable.Newest newest) {
        OpenRound round = new ParticipationTable(handle).restored(federation, newest.asOpened());
        RoundAnnouncement announcement = newest.announcement();
        return new RoundRecord(
                federation,
                round.id(),
                announcement.kind(),
                announcement.baseVersion(),
                false,
                REASON,
                round.openedAt(),
                now,
                contributors(round),
                round.selected().size(),
                round.count(Answer.DECLINED),
                round.count(Answer.REJECTED),
                OptionalDouble.empty(),
                0,
                0);
    }

    private static List<DeviceId> contributors(OpenRound round) {
        return round.answers().entrySet().stream()
                .filter(entry -> entry.getValue() == Answer.CONTRIBUTED)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }
}
