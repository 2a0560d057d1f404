package dev.tributary.agent.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.agent.participation.SessionListener;
import dev.tributary.model.Bytes;
import dev.tributary.model.Feature;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.Decline;
import dev.tributary.update.DeviceId;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import dev.tributary.update.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final FederationId PLANT = new FederationId("plant");
    private static final DeviceId PUMP = new DeviceId("pump-7");

    @TempDir
    private Path folder;

    private Journal open() throws IOException {
        return Journal.open(folder.resolve("journal"), () -> Instant.ofEpochMilli(1234));
    }

    private List<Map<String, Object>> lines() throws IOException {
        List<Map<String, Object>> lines = new java.util.ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("journal"))) {
            lines.add(JSON.std.mapFrom(line));
        }
        return lines;
    }

    @Test
    void events_areOneLineEach_beforeTheJournalIsClosed() throws IOException {
        Journal journal = open();
        SessionListener pump = journal.of(PUMP);
        journal.started(List.of(PUMP));
        pump.onAnswer(
                PLANT,
                new Update(new RoundId(3, 2), 9, 4, Bytes.of((byte) 1), RoundKind.TRAIN, 5, List.of(), 0, 0),
                Bytes.of((byte) 'a', (byte) 'b'));
        pump.onAnswer(PLANT, new Decline(new RoundId(4, 1), Decline.Reason.BUSY), Bytes.of((byte) 'a'));
        pump.onReceipt(new Receipt(PLANT, new RoundId(3, 2), Receipt.Code.ACCEPTED, "", true));

        assertThat(lines())
                .extracting(line -> line.get("event"))
                .containsExactly("start", "answer", "answer", "receipt");
        assertThat(lines()).allSatisfy(line -> assertThat(line).containsEntry("at", 1234));
        assertThat(lines().get(0)).containsEntry("devices", List.of("pump-7")).containsKey("pid");
        assertThat(lines().get(1))
                .containsEntry("device", "pump-7")
                .containsEntry("federation", "plant")
                .containsEntry("round", 3)
                .containsEntry("attempt", 2)
                .containsEntry("kind", "TRAIN")
                .containsEntry("baseVersion", 4)
                .containsEntry("sequence", 9)
                .containsEntry("payload", "YWI=")
                // The SHA-256 of "ab".
                .containsEntry("sha256", "fb8e20fc2e4c3f248c60c39bd652f3c1347298bb977b8b4d5903b85055620603");
        assertThat(lines().get(2)).containsEntry("kind", "DECLINE").containsEntry("reason", "BUSY");
        assertThat(lines().get(3)).containsEntry("code", "ACCEPTED").containsEntry("repeat", true);
        journal.close();
    }

    @Test
    void model_isNamedByItsWeightsOnTheWire() throws IOException {
        ModelSchema schema = new ModelSchema(
                0, Task.REGRESSION, List.of(Feature.unbounded("x")), List.of("y"), Optional.empty(), 20);
        Weights weights = new Weights(schema.layout(), Vector.of(1, -2));
        try (Journal journal = open()) {
            journal.of(PUMP).onModel(PLANT, new GlobalModel(7, schema, weights));
        }
        // SHA-256 of 00 00 80 3f 00 00 00 c0.
        assertThat(lines().get(0))
                .containsEntry("version", 7)
                .containsEntry("sha256", "ee4ac73c2bd27756ab82780f27c73a7bc4d3f0bb6acb37e008bc27eccd7e588b");
    }

    @Test
    void lineThatAKillCutShort_doesNotSpoilTheNext() throws IOException {
        Files.writeString(folder.resolve("journal"), "{\"at\":1,\"ev", StandardOpenOption.CREATE);
        try (Journal journal = open()) {
            journal.started(List.of());
        }
        assertThat(Files.readAllLines(folder.resolve("journal")))
                .hasSize(2)
                .last()
                .asString()
                .contains("start");
    }
}
