package dev.tributary.coordinator.store.jdbc;

import dev.tributary.coordinator.round.OpenRound;
import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.coordinator.store.BufferedUpdate;
import dev.tributary.coordinator.store.Change;
import dev.tributary.coordinator.store.Participation;
import dev.tributary.model.Bytes;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.wire.WireMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** The statements of {@code participation}: what each selected device did in each round. */
final class ParticipationTable {
    private static final String OF_ROUND =
            " WHERE federation = :federation AND number = :number AND attempt = :attempt";

    /** Rows that a server sends at a time; an update may have 16 MB. */
    private static final int ROWS_AT_A_TIME = 16;

    private final Handle handle;

    ParticipationTable(Handle handle) {
        this.handle = handle;
    }

    /** A device and the update that it contributed. */
    private record Contribution(DeviceId device, Bytes payload) {}

    /** Adds devices that did not answer yet; nothing changes for those that are there already. */
    void select(FederationId federation, RoundId round, Collection<DeviceId> devices) {
        if (devices.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("INSERT INTO participation (federation, number, attempt, device,"
                + " detail, example_count, packet_bytes, float32_bytes)"
                + " VALUES (:federation, :number, :attempt, :device, '', 0, 0, 0)"
                + " ON CONFLICT (federation, number, attempt, device) DO NOTHING");
        for (DeviceId device : devices) {
            bind(batch, federation, round).bind("device", device.value()).add();
        }
        batch.execute();
    }

    void save(List<Change.SaveParticipation> saves) {
        PreparedBatch batch = handle.prepareBatch("INSERT INTO participation (federation, number, attempt, device,"
                + " answer, code, detail, decline_reason, example_count, packet_bytes, float32_bytes, answered_at,"
                + " payload, buffered, counted_for) VALUES (:federation, :number, :attempt, :device, :answer, :code,"
                + " :detail, :declineReason, :exampleCount, :packetBytes, :float32Bytes, :answeredAt, :payload,"
                + " :buffered, :countedFor)"
                + " ON CONFLICT (federation, number, attempt, device) DO UPDATE SET answer = excluded.answer,"
                + " code = excluded.code, detail = excluded.detail, decline_reason = excluded.decline_reason,"
                + " example_count = excluded.example_count, packet_bytes = excluded.packet_bytes,"
                + " float32_bytes = excluded.float32_bytes, answered_at = excluded.answered_at,"
                + " payload = COALESCE(excluded.payload, participation.payload),"
                + " buffered = excluded.buffered, counted_for = excluded.counted_for");
        for (Change.SaveParticipation save : saves) {
            Participation one = save.participation();
            bind(batch, save.federation(), save.round())
                    .bind("device", one.device().value())
                    .bind("answer", Columns.name(one.answer()))
                    .bind("code", Columns.name(one.code()))
                    .bind("detail", Columns.text(one.detail()))
                    .bind("declineReason", Columns.name(one.declined()))
                    .bind("exampleCount", one.exampleCount())
                    .bind("packetBytes", one.packetBytes())
                    .bind("float32Bytes", one.float32Bytes())
                    .bind("answeredAt", Columns.millis(one.answeredAt()))
                    .bind("payload", Columns.bytes(save.payload()))
                    .bind("buffered", one.buffered() ? 1 : 0)
                    .bind("countedFor", Columns.number(one.countedFor()))
                    .add();
        }
        batch.execute();
    }

    void dropPayloads(FederationId federation, RoundId round) {
        bind(
                        handle.createUpdate("UPDATE participation SET payload = NULL" + OF_ROUND
                                + " AND payload IS NOT NULL AND buffered = 0"),
                        federation,
                        round)
                .execute();
    }

    void countBuffer(FederationId federation, long version) {
        handle.createUpdate("UPDATE participation SET buffered = 0, payload = NULL, counted_for = :version"
                        + " WHERE federation = :federation AND buffered = 1")
                .bind("federation", federation.value())
                .bind("version", version)
                .execute();
    }

    void dropBuffer(FederationId federation, String reason) {
        handle.createUpdate("UPDATE participation SET buffered = 0, payload = NULL, detail = :reason"
                        + " WHERE federation = :federation AND buffered = 1")
                .bind("federation", federation.value())
                .bind("reason", Columns.text(reason))
                .execute();
    }

    /** Payloads are kept of contributions to the open round and in the buffer alone. */
    void withdraw(FederationId federation, DeviceId device, String reason) {
        withdraw(federation, device, reason, " AND buffered = 1");
        withdraw(
                federation,
                device,
                reason,
                " AND (number, attempt) IN (SELECT number, attempt FROM round WHERE federation = :federation"
                        + " ORDER BY number DESC, attempt DESC LIMIT 1)");
    }

    private void withdraw(FederationId federation, DeviceId device, String reason, String which) {
        handle.createUpdate("UPDATE participation SET answer = :answer, code = :code, detail = :reason,"
                        + " payload = NULL, buffered = 0"
                        + " WHERE federation = :federation AND device = :device AND payload IS NOT NULL" + which)
                .bind("answer", Answer.REJECTED.name())
                .bind("code", Receipt.Code.QUARANTINED.name())
                .bind("reason", Columns.text(reason))
                .bind("federation", federation.value())
                .bind("device", device.value())
                .execute();
    }

    /** Gives each update that waits for the next version, in the order of rounds and devices, a few in memory at a time. */
    void buffered(FederationId federation, Consumer<BufferedUpdate> taker) {
        try (ResultIterator<BufferedUpdate> rows = handle.createQuery("SELECT p.*, r.announcement"
                        + " FROM participation p JOIN round r ON r.federation = p.federation"
                        + " AND r.number = p.number AND r.attempt = p.attempt"
                        + " WHERE p.federation = :federation AND p.buffered = 1"
                        + " ORDER BY p.number, p.attempt, p.device")
                .bind("federation", federation.value())
                .setFetchSize(ROWS_AT_A_TIME)
                .map(Columns.rows(row -> new BufferedUpdate(
                        WireMapper.decodeRound(federation, Columns.bytes(row, "announcement")),
                        participation(row),
                        Columns.bytes(row, "payload"))))
                .iterator()) {
            rows.forEachRemaining(taker);
        }
    }

    Optional<Participation> find(FederationId federation, RoundId round, DeviceId device) {
        return bind(
                        handle.createQuery("SELECT device, answer, code, detail, decline_reason, example_count,"
                                + " packet_bytes, float32_bytes, answered_at, buffered, counted_for"
                                + " FROM participation" + OF_ROUND
                                + " AND device = :device"),
                        federation,
                        round)
                .bind("device", device.value())
                .map(Columns.rows(ParticipationTable::participation))
                .findOne();
    }

    /** The round with the devices that were selected for it, and how they answered. */
    OpenRound restored(FederationId federation, OpenRound asOpened) {
        Set<DeviceId> selected = new HashSet<>();
        Map<DeviceId, Answer> answers = new HashMap<>();
        bind(handle.createQuery("SELECT device, answer FROM participation" + OF_ROUND), federation, asOpened.id())
                .map(Columns.rows(row -> {
                    DeviceId device = new DeviceId(row.getString("device"));
                    Columns.optionalNamed(Answer.class, row, "answer").ifPresent(answer -> answers.put(device, answer));
                    return device;
                }))
                .forEach(selected::add);
        return asOpened.restored(selected, answers);
    }

    /** What the answers to a round measured. */
    record Traffic(long bytes, long float32Bytes) {
        static final Traffic NONE = new Traffic(0, 0);
    }

    Traffic traffic(FederationId federation, RoundId round) {
        return bind(
                        handle.createQuery("SELECT COALESCE(SUM(packet_bytes), 0) AS bytes,"
                                + " COALESCE(SUM(float32_bytes), 0) AS float32_bytes FROM participation" + OF_ROUND),
                        federation,
                        round)
                .map(Columns.rows(row -> new Traffic(row.getLong("bytes"), row.getLong("float32_bytes"))))
                .one();
    }

    /** Gives each payload in the order of the devices' ids, a few in memory at a time. */
    void contributions(FederationId federation, RoundId round, BiConsumer<DeviceId, Bytes> taker) {
        try (ResultIterator<Contribution> rows = bind(
                        handle.createQuery("SELECT device, payload FROM participation" + OF_ROUND
                                + " AND payload IS NOT NULL ORDER BY device"),
                        federation,
                        round)
                .setFetchSize(ROWS_AT_A_TIME)
                .map(Columns.rows(
                        row -> new Contribution(new DeviceId(row.getString("device")), Columns.bytes(row, "payload"))))
                .iterator()) {
            rows.forEachRemaining(one -> taker.accept(one.device(), one.payload()));
        }
    }

    private static <S extends SqlStatement<S>> S bind(S statement, FederationId federation, RoundId round) {
        return statement
                .bind("federation", federation.value())
                .bind("number", round.number())
                .bind("attempt", round.attempt());
    }

    static Participation participation(ResultSet row) throws SQLException {
        return new Participation(
                new DeviceId(row.getString("device")),
                Columns.optionalNamed(Answer.class, row, "answer"),
                Columns.optionalNamed(Receipt.Code.class, row, "code"),
                row.getString("detail"),
                Columns.optionalNamed(Decline.Reason.class, row, "decline_reason"),
                row.getLong("example_count"),
                row.getLong("packet_bytes"),
                row.getLong("float32_bytes"),
                Columns.optionalInstant(row, "answered_at"),
                row.getInt("buffered") == 1,
                Columns.optionalLong(row, "counted_for"));
    }
}
