package dev.tributary.coordinator.store;

import static dev.tributary.coordinator.store.StoreSamples.NOON;
import static dev.tributary.coordinator.store.StoreSamples.PUMPS;
import static dev.tributary.coordinator.store.StoreSamples.answer;
import static dev.tributary.coordinator.store.StoreSamples.close;
import static dev.tributary.coordinator.store.StoreSamples.contributed;
import static dev.tributary.coordinator.store.StoreSamples.contribution;
import static dev.tributary.coordinator.store.StoreSamples.declined;
import static dev.tributary.coordinator.store.StoreSamples.device;
import static dev.tributary.coordinator.store.StoreSamples.id;
import static dev.tributary.coordinator.store.StoreSamples.model;
import static dev.tributary.coordinator.store.StoreSamples.open;
import static dev.tributary.coordinator.store.StoreSamples.opened;
import static dev.tributary.coordinator.store.StoreSamples.rejected;
import static dev.tributary.coordinator.store.StoreSamples.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.registry.Quarantine;
import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.protocol.Presence.Status;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.update.Decline.Reason;
import dev.tributary.update.DeviceId;
import dev.tributary.update.RoundId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What every {@link FederationStore} must tell, page by page. */
public abstract class StoredRecordsContract extends StoreContract {
    private static final RoundId SECOND = new RoundId(1, 2);
    private static final RoundId THIRD = new RoundId(2, 1);

    /** Rounds 1 and 1.2 closed, 2 open; versions 0 and 1, the latter of round 1.2. */
    private void holdRounds() {
        OpenRound first = opened(FIRST, Step.TRAIN, "a", "b");
        OpenRound second = opened(SECOND, Step.TRAIN, "a", "b", "c");
        List<Change> changes = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            changes.add(new Change.SaveDevice(PUMPS, device(name, Status.ONLINE)));
        }
        changes.addAll(List.of(
                open(PUMPS, first),
                close(PUMPS, first),
                model(PUMPS, 0),
                open(PUMPS, second),
                contribution(PUMPS, SECOND, "a"),
                answer(PUMPS, SECOND, declined("b")),
                answer(PUMPS, SECOND, rejected("c")),
                close(PUMPS, second, "a"),
                new Change.SaveModel(
                        PUMPS,
                        new ModelVersion(
                                version(1).model(),
                                OptionalLong.of(0),
                                OptionalLong.empty(),
                                Optional.of(SECOND),
                                NOON)),
                open(PUMPS, opened(THIRD, Step.TRAIN, "a")),
                contribution(PUMPS, THIRD, "a")));
        holding(PUMPS, changes.toArray(new Change[0]));
        reopened();
    }

    private List<RoundId> rounds(Optional<RoundId> before, int limit) {
        return store().rounds(PUMPS, before, limit).stream().map(KnownRound::id).toList();
    }

    @Test
    void rounds_areToldNewestFirst_theOpenOneAmongThem() {
        holdRounds();
        assertThat(rounds(Optional.empty(), 2)).containsExactly(THIRD, SECOND);
        assertThat(rounds(Optional.of(SECOND), 2)).containsExactly(FIRST);
        assertThat(rounds(Optional.of(FIRST), 2)).isEmpty();
        assertThat(store().knownRound(PUMPS, THIRD).orElseThrow().closed()).isEmpty();
        assertThat(store().knownRound(PUMPS, SECOND).orElseThrow().closed()).isEqualTo(store().round(PUMPS, SECOND));
        assertThat(store().knownRound(PUMPS, THIRD).orElseThrow().deadline())
                .isEqualTo(opened(THIRD, Step.TRAIN).deadline());
        assertThat(store().knownRound(PUMPS, new RoundId(9, 1))).isEmpty();
    }

    @Test
    void roundsOfADevice_areToldPageByPage() {
        holdRounds();
        assertThat(store().roundsOf(PUMPS, id("b"), Optional.of(THIRD), 9))
                .extracting(one -> one.announcement().round())
                .containsExactly(SECOND, FIRST);
    }

    @Test
    void answers_areTalliedByRound() {
        holdRounds();
        assertThat(store().answers(PUMPS, SECOND))
                .isEqualTo(new AnswerTally(
                        3,
                        1,
                        Map.of(Code.NORM_TOO_LARGE, 1),
                        Map.of(Reason.ON_BATTERY, 1),
                        Optional.of(NOON.plusSeconds(7))));
        assertThat(store().answers(PUMPS, FIRST))
                .isEqualTo(new AnswerTally(2, 0, Map.of(), Map.of(), Optional.empty()));
    }

    @Test
    void answers_areTalliedByDevice() {
        holdRounds();
        AnswerTally first = store().answers(PUMPS, id("a"));
        assertThat(first.selected()).isEqualTo(3);
        assertThat(first.contributed()).isEqualTo(2);
        assertThat(first.newestAnswer()).contains(NOON.plusSeconds(5));
        assertThat(store().answers(PUMPS, id("b")).declines()).isEqualTo(1);
        assertThat(store().answers(PUMPS, id("c")).reported()).isEqualTo(1);
        assertThat(store().answers(PUMPS, id("nobody"))).isEqualTo(AnswerTally.NONE);
    }

    @Test
    void participations_areToldPageByPage() {
        holdRounds();
        assertThat(store().participations(PUMPS, SECOND, Optional.empty(), 2))
                .extracting(Participation::device)
                .containsExactly(id("a"), id("b"));
        assertThat(store().participations(PUMPS, SECOND, Optional.of(id("b")), 2))
                .containsExactly(rejected("c"));
    }

    @Test
    void quarantine_isKeptAndEnds() {
        Quarantine quarantine = new Quarantine(NOON.plusMillis(7), "it drifts – “much” 🌊");
        Device free = device("a", Status.SLEEPING);
        holding(PUMPS, new Change.SaveDevice(PUMPS, free.withQuarantine(Optional.of(quarantine))));
        assertThat(reopened().device(PUMPS, id("a")).orElseThrow().quarantine()).contains(quarantine);
        store().commit(List.of(new Change.SaveDevice(PUMPS, free)));
        assertThat(reopened().device(PUMPS, id("a"))).contains(free);
    }

    @Test
    void withdraw_takesOutWhatIsInNoVersionYet_andNoMore() {
        holdRounds();
        store().commit(List.of(new Change.Withdraw(PUMPS, id("a"), "why")));
        Participation withdrawn =
                reopened().participation(PUMPS, THIRD, id("a")).orElseThrow();
        assertThat(withdrawn).isEqualTo(contributed("a").withdrawn("why"));
        assertThat(contributions(store(), PUMPS, THIRD)).isEmpty();
        assertThat(store().participation(PUMPS, SECOND, id("a"))).contains(contributed("a"));
        assertThat(store().answers(PUMPS, id("a")).rejected()).isEqualTo(Map.of(Code.QUARANTINED, 1));
    }

    @Test
    void withdraw_fromTheBuffer_takesOutTheDevicesUpdatesAlone() {
        OpenRound round = opened(FIRST, Step.TRAIN, "a", "b");
        holding(
                PUMPS,
                open(PUMPS, round),
                buffered("a"),
                buffered("b"),
                close(PUMPS, round),
                new Change.Withdraw(PUMPS, id("a"), "why"));
        List<DeviceId> waiting = new ArrayList<>();
        reopened().buffered(PUMPS, one -> waiting.add(one.participation().device()));
        assertThat(waiting).containsExactly(id("b"));
    }

    private static Change buffered(String device) {
        return new Change.SaveParticipation(
                PUMPS, FIRST, contributed(device).inBuffer(), Optional.of(StoreSamples.payload(device)));
    }

    @Test
    void devices_areToldPageByPage() {
        holdRounds();
        assertThat(store().devices(PUMPS, Optional.empty(), 2))
                .containsExactly(device("a", Status.ONLINE), device("b", Status.ONLINE));
        assertThat(store().devices(PUMPS, Optional.of(id("b")), 2)).containsExactly(device("c", Status.ONLINE));
        assertThat(store().device(PUMPS, id("c"))).contains(device("c", Status.ONLINE));
        assertThat(store().device(PUMPS, id("d"))).isEmpty();
    }

    @Test
    void versions_areToldPageByPage() {
        holdRounds();
        assertThat(store().versions(PUMPS, OptionalLong.empty(), 1))
                .containsExactly(
                        new VersionRecord(1, 0, OptionalLong.of(0), OptionalLong.empty(), Optional.of(SECOND), NOON));
        assertThat(store().versions(PUMPS, OptionalLong.of(1), 9))
                .extracting(VersionRecord::version)
                .containsExactly(0L);
    }

    @Test
    void versionsCounting_areThoseOfTheRoundsThatADeviceContributedTo() {
        holdRounds();
        assertThat(store().versionsCounting(PUMPS, id("a"))).containsExactly(1L);
        assertThat(store().versionsCounting(PUMPS, id("b"))).isEmpty();
        assertThat(store().versionsCounting(PUMPS, id("c"))).isEmpty();
    }
}
