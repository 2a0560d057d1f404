package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.Step;
import dev.tributary.coordinator.store.DeviceRound;
import dev.tributary.coordinator.store.KnownRound;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.protocol.RoundAnnouncement;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.WireMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;

/** The statements of {@code round}. */
final class RoundTable {
    private static final String OPEN = "OPEN";
    private static final String COMMITTED = "COMMITTED";
    private static final String ABANDONED = "ABANDONED";
    private static final String BEFORE =
            " AND (r.number < :beforeNumber OR (r.number = :beforeNumber AND r.attempt < :beforeAttempt))";
    private static final String NEWEST_FIRST = " ORDER BY number DESC, attempt DESC";

    private final Handle handle;

    RoundTable(Handle handle) {
        this.handle = handle;
    }

    /** The newest round, open or closed; its devices are in {@link ParticipationTable}. */
    record Newest(RoundAnnouncement announcement, OpenRound asOpened) {}

    void open(RoundAnnouncement announcement, OpenRound round) {
        handle.createUpdate("INSERT INTO round (federation, number, attempt, step, kind, base_version, announcement,"
                        + " opened_at, deadline_at, state, selected) VALUES (:federation, :number, :attempt, :step,"
                        + " :kind, :baseVersion, :announcement, :openedAt, :deadlineAt, :state, :selected)")
                .bind("federation", announcement.federation().value())
                .bind("number", round.id().number())
                .bind("attempt", round.id().attempt())
                .bind("step", round.step().name())
                .bind("kind", announcement.kind().name())
                .bind("baseVersion", announcement.baseVersion())
                .bind("announcement", WireMapper.encode(announcement).toArray())
                .bind("openedAt", round.openedAt().toEpochMilli())
                .bind("deadlineAt", round.deadline().toEpochMilli())
                .bind("state", OPEN)
                .bind("selected", round.selected().size())
                .execute();
    }

    void close(RoundRecord round) {
        handle.createUpdate("UPDATE round SET state = :state, reason = :reason, closed_at = :closedAt,"
                        + " contributors = :contributors, selected = :selected, declined = :declined,"
                        + " rejected = :rejected, loss = :loss, bytes_up = :bytesUp,"
                        + " bytes_up_float32 = :bytesUpFloat32"
                        + " WHERE federation = :federation AND number = :number AND attempt = :attempt")
                .bind("federation", round.federation().value())
                .bind("number", round.id().number())
                .bind("attempt", round.id().attempt())
                .bind("state", round.committed() ? COMMITTED : ABANDONED)
                .bind("reason", Columns.text(round.reason()))
                .bind("closedAt", round.closedAt().toEpochMilli())
                .bind("contributors", text(round.contributors()))
                .bind("selected", round.selected())
                .bind("declined", round.declined())
                .bind("rejected", round.rejected())
                .bind("loss", Columns.number(round.loss()))
                .bind("bytesUp", round.bytesUp())
                .bind("bytesUpFloat32", round.bytesUpFloat32())
                .execute();
    }

    /** Whether the round is open; empty when it is not kept. */
    Optional<Boolean> isOpen(FederationId federation, RoundId id) {
        return one("SELECT state FROM round", federation, id)
                .map(Columns.rows(row -> row.getString("state").equals(OPEN)))
                .findOne();
    }

    Optional<RoundId> newestId(FederationId federation) {
        return newestFirst("SELECT number, attempt FROM round WHERE federation = :federation", federation, 1)
                .map(Columns.rows(RoundTable::id))
                .findOne();
    }

    Optional<Newest> newest(FederationId federation) {
        return newestFirst("SELECT * FROM round WHERE federation = :federation", federation, 1)
                .map(Columns.rows(row -> {
                    RoundAnnouncement announcement =
                            WireMapper.decodeRound(federation, Columns.bytes(row, "announcement"));
                    return new Newest(announcement, asOpened(announcement, row));
                }))
                .findOne();
    }

    private static OpenRound asOpened(RoundAnnouncement announcement, ResultSet row) throws SQLException {
        return new OpenRound(
                announcement.round(),
                Columns.named(Step.class, row, "step"),
                announcement.nonce(),
                announcement.share(),
                announcement.trainRounds(),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "deadline_at"),
                HashTreePSet.empty(),
                HashTreePSet.empty(),
                HashTreePMap.empty(),
                0);
    }

    Optional<RoundAnnouncement> announcement(FederationId federation, RoundId id) {
        return one("SELECT announcement FROM round", federation, id)
                .map(Columns.rows(row -> WireMapper.decodeRound(federation, Columns.bytes(row, "announcement"))))
                .findOne();
    }

    Optional<RoundRecord> closed(FederationId federation, RoundId id) {
        return one("SELECT * FROM round", federation, id)
                .map(Columns.rows(row -> record(federation, row)))
                .findOne()
                .flatMap(record -> record);
    }

    List<RoundRecord> closed(FederationId federation, int limit) {
        return newestFirst("SELECT * FROM round WHERE federation = :federation AND state <> 'OPEN'", federation, limit)
                .map(Columns.rows(row -> record(federation, row).orElseThrow()))
                .list();
    }

    List<KnownRound> known(FederationId federation, Optional<RoundId> before, int limit) {
        return before(
                        newestFirst("SELECT * FROM round r WHERE federation = :federation" + BEFORE, federation, limit),
                        before)
                .map(Columns.rows(row -> known(federation, row)))
                .list();
    }

    Optional<KnownRound> known(FederationId federation, RoundId id) {
        return one("SELECT * FROM round", federation, id)
                .map(Columns.rows(row -> known(federation, row)))
                .findOne();
    }

    private static KnownRound known(FederationId federation, ResultSet row) throws SQLException {
        return new KnownRound(
                WireMapper.decodeRound(federation, Columns.bytes(row, "announcement")),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "deadline_at"),
                record(federation, row));
    }

    private static Query before(Query query, Optional<RoundId> before) {
        return query.bind("beforeNumber", before.map(RoundId::number).orElse(Long.MAX_VALUE))
                .bind("beforeAttempt", before.map(RoundId::attempt).orElse(1));
    }

    List<DeviceRound> ofDevice(FederationId federation, DeviceId device, Optional<RoundId> before, int limit) {
        return before(
                        newestFirst(
                                "SELECT r.*, p.device, p.answer, p.code, p.detail, p.decline_reason, p.example_count,"
                                        + " p.packet_bytes, p.float32_bytes, p.answered_at, p.buffered, p.counted_for FROM round r"
                                        + " LEFT JOIN participation p ON p.federation = r.federation"
                                        + " AND p.number = r.number AND p.attempt = r.attempt AND p.device = :device"
                                        + " WHERE r.federation = :federation" + BEFORE
                                        + " ORDER BY r.number DESC, r.attempt DESC LIMIT :limit",
                                federation,
                                device,
                                limit),
                        before)
                .map(Columns.rows(row -> new DeviceRound(
                        WireMapper.decodeRound(federation, Columns.bytes(row, "announcement")),
                        Columns.instant(row, "opened_at"),
                        record(federation, row),
                        row.getString("device") == null
                                ? Optional.empty()
                                : Optional.of(ParticipationTable.participation(row)))))
                .list();
    }

    /** Forgets the rounds before this one, and who took part in them. */
    void deleteBefore(FederationId federation, RoundId id) {
        handle.createUpdate("DELETE FROM round WHERE federation = :federation"
                        + " AND (number < :number OR (number = :number AND attempt < :attempt))")
                .bind("federation", federation.value())
                .bind("number", id.number())
                .bind("attempt", id.attempt())
                .execute();
    }

    private Query one(String select, FederationId federation, RoundId id) {
        return handle.createQuery(
                        select + " WHERE federation = :federation AND number = :number AND attempt = :attempt")
                .bind("federation", federation.value())
                .bind("number", id.number())
                .bind("attempt", id.attempt());
    }

    private Query newestFirst(String select, FederationId federation, int limit) {
        return handle.createQuery(select + NEWEST_FIRST + " LIMIT :limit")
                .bind("federation", federation.value())
                .bind("limit", limit);
    }

    private Query newestFirst(String select, FederationId federation, DeviceId device, int limit) {
        return handle.createQuery(select)
                .bind("federation", federation.value())
                .bind("device", device.value())
                .bind("limit", limit);
    }

    private static RoundId id(ResultSet row) throws SQLException {
        return new RoundId(row.getLong("number"), row.getInt("attempt"));
    }

    /** The closed round in this row; empty while it is open. */
    private static Optional<RoundRecord> record(FederationId federation, ResultSet row) throws SQLException {
        String state = row.getString("state");
        if (state.equals(OPEN)) {
            return Optional.empty();
        }
        return Optional.of(new RoundRecord(
                federation,
                id(row),
                Columns.named(RoundKind.class, row, "kind"),
                row.getLong("base_version"),
                state.equals(COMMITTED),
                row.getString("reason"),
                Columns.instant(row, "opened_at"),
                Columns.instant(row, "closed_at"),
                devices(row.getString("contributors")),
                row.getInt("selected"),
                row.getInt("declined"),
                row.getInt("rejected"),
                Columns.optionalDouble(row, "loss"),
                row.getLong("bytes_up"),
                row.getLong("bytes_up_float32")));
    }

    /** Ids hold no space. */
    private static String text(List<DeviceId> devices) {
        return devices.stream().map(DeviceId::value).collect(Collectors.joining(" "));
    }

    private static List<DeviceId> devices(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(DeviceId::new).toList();
    }
}
