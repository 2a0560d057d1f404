package dev.tributary.chaos.evidence;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.chaos.verdict.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A story as processes would leave it on disk: journal, capture and database. */
public final class StoryFolder {
    private static final List<String> TABLES = List.of(
            "CREATE TABLE spec (federation TEXT, revision INTEGER, body BLOB)",
            "CREATE TABLE round (federation TEXT, number BIGINT, attempt INTEGER, step TEXT, kind TEXT, base_version BIGINT,"
                    + " announcement BLOB, state TEXT)",
            "CREATE TABLE participation (federation TEXT, number BIGINT, attempt INTEGER, device TEXT, answer TEXT, code TEXT)",
            "CREATE TABLE model_version (federation TEXT, version BIGINT, base_version BIGINT, round_number BIGINT,"
                    + " attempt INTEGER, weights BLOB)");

    private StoryFolder() {}

    /** Writes the database with the columns that the coordinator's store has, as far as they are read. */
    public static void writeDatabase(Story story, Path file) throws SQLException {
        Records records = story.records();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            try (Statement statement = connection.createStatement()) {
                for (String table : TABLES) {
                    statement.execute(table);
                }
            }
            insert(connection, "spec", "chaos", 0, new byte[] {1});
            insert(connection, "spec", "chaos", 1, records.spec().toArray());
            insert(connection, "spec", "other", 2, new byte[] {2});
            for (Records.Round round : records.rounds()) {
                insert(
                        connection,
                        "round",
                        "chaos",
                        round.number(),
                        round.attempt(),
                        "step",
                        round.kind(),
                        round.baseVersion(),
                        round.announcement().toArray(),
                        round.state());
            }
            insert(connection, "participation", "chaos", 4, 1, "idle", null, null);
            insert(connection, "participation", "other", 4, 1, "a", "CONTRIBUTED", "ACCEPTED");
            for (Records.Participation row : records.participations()) {
                AnswerKey key = row.key();
                insert(
                        connection,
                        "participation",
                        "chaos",
                        key.round(),
                        key.attempt(),
                        key.device(),
                        row.answer(),
                        row.code());
            }
            for (Records.Version version : records.versions()) {
                insert(
                        connection,
                        "model_version",
                        "chaos",
                        version.number(),
                        version.number() == 0 ? null : version.baseVersion(),
                        version.roundNumber(),
                        version.attempt(),
                        version.weights().toArray());
            }
        }
    }

    private static void insert(Connection connection, String table, Object... values) throws SQLException {
        String places = "?" + ", ?".repeat(values.length - 1);
        try (PreparedStatement row = connection.prepareStatement("INSERT INTO " + table + " VALUES (" + places + ")")) {
            for (int i = 0; i < values.length; i++) {
                row.setObject(i + 1, values[i]);
            }
            row.executeUpdate();
        }
    }

    /** Writes all devices' journal. */
    public static void writeJournal(Story story, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Journals.Answer answer : story.answers) {
            Map<String, Object> line = line("answer", answer.atMillis(), answer.key());
            line.put("kind", answer.kind());
            line.put("sha256", answer.sha256());
            line.put(
                    "payload",
                    Base64.getEncoder().encodeToString(answer.payload().toArray()));
            lines.add(JSON.std.asString(line));
        }
        for (Journals.Receipt receipt : story.receipts) {
            Map<String, Object> line = line("receipt", receipt.atMillis(), receipt.key());
            line.put("code", receipt.code());
            line.put("repeat", receipt.repeat());
            lines.add(JSON.std.asString(line));
        }
        for (Journals.Version version : story.seen) {
            lines.add(JSON.std.asString(Map.of(
                    "event",
                    "model",
                    "at",
                    version.atMillis(),
                    "device",
                    version.device(),
                    "version",
                    version.number(),
                    "sha256",
                    version.sha256())));
        }
        Files.write(file, lines);
    }

    /** Writes the proxy's capture. */
    public static void writeCapture(Story story, Path file) throws IOException {
        List<String> lines = new ArrayList<>();
        for (CapturedUpdate update : story.capture) {
            Map<String, Object> line = line("update", 0, update.key());
            line.put("toBroker", update.toBroker());
            line.put("client", update.client());
            line.put("sha256", update.sha256());
            lines.add(JSON.std.asString(line));
        }
        Files.write(file, lines);
    }

    private static Map<String, Object> line(String event, long at, AnswerKey key) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", event);
        line.put("at", at);
        line.put("device", key.device());
        line.put("round", key.round());
        line.put("attempt", key.attempt());
        return line;
    }
}
