package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.store.AnswerTally;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** What is told of {@code participation}, beside what the workflow needs of it. */
final class AnswerQueries {
    private static final String TALLY =
            "SELECT p.answer, p.code, p.decline_reason, COUNT(*) AS answers, MAX(p.answered_at) AS newest";
    private static final String OF_ROUND =
            " WHERE federation = :federation AND number = :number AND attempt = :attempt";
    /**
     * Round by round, each by its key: participations have no index by device, for which each answer would pay. SQLite
     * keeps the order of a CROSS JOIN.
     */
    private static final String OF_DEVICE = " FROM round r CROSS JOIN participation p";

    private static final String WHERE_OF_DEVICE =
            " WHERE r.federation = :federation AND p.federation = r.federation AND p.number = r.number"
                    + " AND p.attempt = r.attempt AND p.device = :device";

    private static final String GROUPED = " GROUP BY p.answer, p.code, p.decline_reason";

    private final Handle handle;

    AnswerQueries(Handle handle) {
        this.handle = handle;
    }

    /** Answers that were alike. */
    private record Alike(Participation participation, int count) {}

    AnswerTally tally(FederationId federation, RoundId round) {
        return tally(handle.createQuery(TALLY + " FROM participation p" + OF_ROUND + GROUPED)
                .bind("federation", federation.value())
                .bind("number", round.number())
                .bind("attempt", round.attempt()));
    }

    AnswerTally tally(FederationId federation, DeviceId device) {
        return tally(handle.createQuery(TALLY + OF_DEVICE + WHERE_OF_DEVICE + GROUPED)
                .bind("federation", federation.value())
                .bind("device", device.value()));
    }

    private static AnswerTally tally(Query query) {
        AnswerTally tally = AnswerTally.NONE;
        for (Alike alike : query.map(Columns.rows(AnswerQueries::alike)).list()) {
            tally = tally.plus(alike.participation(), alike.count());
        }
        return tally;
    }

    private static Alike alike(ResultSet row) throws SQLException {
        Participation participation = new Participation(
                new DeviceId("any"),
                Columns.optionalNamed(Answer.class, row, "answer"),
                Columns.optionalNamed(Receipt.Code.class, row, "code"),
                "",
                Columns.optionalNamed(Decline.Reason.class, row, "decline_reason"),
                0,
                0,
                0,
                Columns.optionalInstant(row, "newest"));
        return new Alike(participation, row.getInt("answers"));
    }

    /** No id is the empty text, and all come after it. */
    List<Participation> page(FederationId federation, RoundId round, Optional<DeviceId> after, int limit) {
        return handle.createQuery("SELECT device, answer, code, detail, decline_reason, example_count, packet_bytes,"
                        + " float32_bytes, answered_at, buffered, counted_for FROM participation" + OF_ROUND
                        + " AND device > :after ORDER BY device LIMIT :limit")
                .bind("federation", federation.value())
                .bind("number", round.number())
                .bind("attempt", round.attempt())
                .bind("after", after.map(DeviceId::value).orElse(""))
                .bind("limit", limit)
                .map(Columns.rows(ParticipationTable::participation))
                .list();
    }

    /** By the version's own round, or in asynchronous mode by what was written down when it was made. */
    SortedSet<Long> versionsCounting(FederationId federation, DeviceId device) {
        return new TreeSet<>(handle.createQuery("SELECT COALESCE(p.counted_for, v.version) AS version"
                        + OF_DEVICE
                        + " LEFT JOIN model_version v ON v.federation = p.federation"
                        + " AND v.round_number = p.number AND v.attempt = p.attempt"
                        + WHERE_OF_DEVICE
                        + " AND p.answer = 'CONTRIBUTED'"
                        + " AND p.code = 'ACCEPTED' AND p.buffered = 0 AND p.detail = ''"
                        + " AND r.kind IN ('TRAIN', 'SOLVE') AND COALESCE(p.counted_for, v.version) IS NOT NULL")
                .bind("federation", federation.value())
                .bind("device", device.value())
                .mapTo(Long.class)
                .list());
    }
}
