package dev.tributary.coordinator.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.store.EvaluationRecord;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.model.Evaluation;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Task;
import dev.tributary.protocol.Receipt;
import dev.tributary.update.DeviceId;
import dev.tributary.update.EncodedVector.Role;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import dev.tributary.update.RoundKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    private static final FederationId PUMPS = new FederationId("pumps");
    private static final ModelSchema SCHEMA = new ModelSchema(
            0, Task.CLASSIFICATION, List.of(Feature.unbounded("x")), List.of("a", "b"), Optional.empty(), 3);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final EventLines lines = new EventLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));

    @Test
    void ready() {
        lines.ready(URI.create("http://127.0.0.1:8080"));
        assertThat(line()).isEqualTo("{\"event\":\"ready\",\"http\":\"http://127.0.0.1:8080\"}");
    }

    @Test
    void roundOpened() {
        lines.on(new FederationEvent.RoundOpened(PUMPS, new RoundId(3, 1), RoundKind.TRAIN, 1, 50));
        assertThat(line())
                .isEqualTo("{\"event\":\"roundOpened\",\"federation\":\"pumps\",\"round\":3,\"attempt\":1,"
                        + "\"kind\":\"TRAIN\",\"baseVersion\":1,\"selected\":50}");
    }

    @Test
    void roundClosed() {
        lines.on(new FederationEvent.RoundClosed(new RoundRecord(
                PUMPS,
                new RoundId(3, 1),
                RoundKind.TRAIN,
                1,
                true,
                "deadline",
                Instant.EPOCH,
                Instant.EPOCH.plusMillis(800),
                List.of(new DeviceId("a")),
                2,
                1,
                0,
                OptionalDouble.of(1.25),
                100,
                400)));
        assertThat(line())
                .isEqualTo("{\"event\":\"roundClosed\",\"federation\":\"pumps\",\"round\":3,\"attempt\":1,"
                        + "\"kind\":\"TRAIN\",\"outcome\":\"COMMITTED\",\"reason\":\"deadline\",\"contributors\":1,"
                        + "\"selected\":2,\"declined\":1,\"rejected\":0,\"loss\":1.25,\"bytesUp\":100,"
                        + "\"bytesUpFloat32\":400,\"seconds\":0.8}");
    }

    @Test
    void evaluated() {
        lines.on(new FederationEvent.Evaluated(evaluation(), SCHEMA));
        assertThat(line())
                .isEqualTo("{\"event\":\"evaluated\",\"federation\":\"pumps\",\"version\":2,\"trainRound\":2,\"own\":"
                        + "{\"accuracy\":0.8,\"macroF1\":0.8,\"loss\":0.2,\"devices\":1,\"examples\":10},\"new\":null,"
                        + "\"personal\":null,\"localOnly\":null,\"baseline\":null}");
    }

    @Test
    void deviceRejected_waiting_problem() {
        lines.on(new FederationEvent.DeviceRejected(
                PUMPS, new DeviceId("a"), Receipt.Code.OUTLYING_STATISTICS, "x: far"));
        lines.on(new FederationEvent.Waiting(PUMPS, 12, 50));
        lines.on(new FederationEvent.Problem(PUMPS, "say \"why\""));
        assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "{\"event\":\"deviceRejected\",\"federation\":\"pumps\",\"device\":\"a\","
                                + "\"code\":\"OUTLYING_STATISTICS\",\"detail\":\"x: far\"}",
                        "{\"event\":\"waiting\",\"federation\":\"pumps\",\"online\":12,\"startWhen\":50}",
                        "{\"event\":\"problem\",\"federation\":\"pumps\",\"message\":\"say \\\"why\\\"\"}");
    }

    @Test
    void updatesLeftOut() {
        lines.on(new FederationEvent.UpdatesLeftOut(
                PUMPS, new RoundId(3, 1), new TreeMap<>(Map.of(new DeviceId("a"), "left out: far"))));
        assertThat(line())
                .startsWith("{\"event\":\"updatesLeftOut\",\"federation\":\"pumps\",\"round\":3,\"attempt\":1,"
                        + "\"devices\":[{")
                .contains("\"device\":\"a\"", "\"detail\":\"left out: far\"");
    }

    @Test
    void finished() {
        lines.on(new FederationEvent.Finished(
                PUMPS, SCHEMA, true, "done", 30, 30, 50, Optional.of(evaluation()), Duration.ofMillis(12_300), "ab"));
        assertThat(line())
                .startsWith("{\"event\":\"finished\",\"federation\":\"pumps\",\"task\":\"CLASSIFICATION\","
                        + "\"converged\":true,\"reason\":\"done\",\"trainRounds\":30,\"modelVersion\":30,"
                        + "\"devices\":50,\"features\":1,\"outputs\":[\"a\",\"b\"],\"own\":{")
                .endsWith("\"seconds\":12.3,\"weightsSha256\":\"ab\"}");
    }

    @Test
    void innerEvents_areNotWritten() {
        lines.on(new FederationEvent.Online(PUMPS, 3));
        assertThat(bytes.size()).isZero();
    }

    private static EvaluationRecord evaluation() {
        return new EvaluationRecord(
                PUMPS, 2, 2, Map.of(Role.OWN, Evaluation.ofDevice(new long[][] {{4, 1}, {1, 4}}, 2)), Instant.EPOCH);
    }

    private String line() {
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
