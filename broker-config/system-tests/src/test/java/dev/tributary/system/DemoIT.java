package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tributary demo} as a user runs it: real broker, real processes, real data where there is some. */
class DemoIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void demo_classification_learnsAndAccountsForEveryByte() {
        Map<String, Object> result = demo(TestData.classification(), "--rounds", "8", "--new-devices", "every:5");
        assertThat(result)
                .containsEntry("task", "CLASSIFICATION")
                .containsEntry("rounds", 8)
                .containsEntry("modelVersion", 8)
                .containsEntry("devices", 50);
        assertThat(number(result, "own", "accuracy")).isGreaterThan(2 * number(result, "baseline", "accuracy"));
        assertThat(number(result, "new", "accuracy")).isGreaterThan(2 * number(result, "baseline", "accuracy"));
        assertThat(number(result, "localOnly", "accuracy")).isGreaterThan(0.3);
        assertThat(number(result, "own", "devices")).isEqualTo(40);
        assertThat(number(result, "new", "devices")).isEqualTo(10);
        assertThat(number(result, "bytesUpFloat32") / number(result, "bytesUp")).isGreaterThan(2);
        assertBytesAgree(result);
    }

    @Test
    void demo_regression_beatsTheMean() throws IOException {
        Map<String, Object> result = demo(TestData.regression(folder), "--rounds", "6");
        assertThat(result).containsEntry("task", "REGRESSION").containsEntry("new", null);
        assertThat(number(result, "own", "rmse")).isLessThan(0.5 * number(result, "baseline", "rmse"));
        assertThat(number(result, "own", "r2")).isGreaterThan(0.7);
        assertBytesAgree(result);
    }

    /** Five clients with ten samples each: ten rounds of a perceptron, judged on 2,000 samples that nobody trains on. */
    @Test
    void demo_toyExamples_learnWhatCanBeLearntAndNothingElse() {
        Map<String, Object> random = demo(List.of("--example", "random-labels"));
        assertThat(losses(random)).hasSize(10);
        assertThat(losses(random).get(9)).isLessThan(0.7 * losses(random).get(0));
        assertThat(number(random, "new", "accuracy")).isBetween(0.45, 0.55);
        assertThat(number(random, "new", "examples")).isEqualTo(2_000);
        assertThat(random).containsEntry("devices", 6);

        Map<String, Object> separable = demo(List.of("--example", "separable"));
        assertThat(losses(separable).get(9)).isLessThan(0.5 * losses(separable).get(0));
        assertThat(number(separable, "new", "accuracy")).isGreaterThan(0.7);
    }

    private static List<Double> losses(Map<String, Object> result) {
        return ((List<?>) result.get("trainLoss"))
                .stream().map(loss -> ((Number) loss).doubleValue()).toList();
    }

    @Test
    void demo_sameArguments_endWithTheSameModelBitForBit() {
        Object first = demo(List.of(), "--rounds", "3", "--devices", "12", "--seed", "5")
                .get("weightsSha256");
        Object second = demo(List.of(), "--rounds", "3", "--devices", "12", "--seed", "5")
                .get("weightsSha256");
        Object other = demo(List.of(), "--rounds", "3", "--devices", "12", "--seed", "6")
                .get("weightsSha256");
        assertThat(second).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void demo_misScaledSensor_isRejectedByNameAndTheOthersResultStays() throws IOException {
        Path good = folder.resolve("good");
        Path bad = folder.resolve("bad");
        good.toFile().mkdir();
        bad.toFile().mkdir();
        TestData.stations(good, 8, 300);
        TestData.stations(bad, 8, 300);
        TestData.station(bad.resolve("station-broken.csv"), 3, 300, 1000);
        Map<String, Object> clean = demo(List.of("--data", good.toString()), "--rounds", "5");
        Map<String, Object> spoilt = demo(List.of("--data", bad.toString()), "--rounds", "5");
        assertThat(spoilt).containsEntry("rejectedDevices", List.of("station-broken"));
        assertThat(number(spoilt, "own", "rmse")).isEqualTo(number(clean, "own", "rmse"));
        assertThat(number(spoilt, "own", "devices")).isEqualTo(8);
    }

    @Test
    void demo_terminated_leavesNoProcess() {
        try (TributaryProcess demo = TributaryProcess.start(arguments(List.of(), "--devices", "8"))) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> demo.err().contains("Fleet: 8 devices connected") || !demo.isAlive());
            List<ProcessHandle> children =
                    ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
            assertThat(children).hasSize(3);
            demo.terminate();
            demo.exitCode(Duration.ofSeconds(5));
            assertThat(children).noneMatch(ProcessHandle::isAlive);
        }
    }

    @Test
    void demo_killed_takesItsChildrenAlong() {
        try (TributaryProcess demo = TributaryProcess.start(arguments(List.of(), "--devices", "8"))) {
            Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> demo.err().contains("Fleet: 8 devices connected") || !demo.isAlive());
            List<ProcessHandle> children =
                    ProcessHandle.of(demo.pid()).orElseThrow().descendants().toList();
            demo.kill();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void demo_mistakes_endInOneClearLine() throws IOException {
        assertRefused(2, "unknown key", "--plan", "nonsense=1");
        assertRefused(2, "localEpochs", "--plan", "localEpochs=many");
        assertRefused(2, "no such folder", "--data", folder.resolve("nowhere").toString());
        assertRefused(2, "--rounds", "--rounds", "0");
        assertRefused(2, "must be random-labels or separable", "--example", "mnist");
        TestData.stations(folder, 2, 50);
        assertRefused(2, "nobody", "--data", folder.toString(), "--target", "nobody");
        try (TributaryProcess broker = TributaryProcess.start(
                "broker", "--port", Integer.toString(TributaryProcess.freePort()), "--in-memory")) {
            String port = broker.awaitLine(LIMIT, "broker listening on").replaceAll(".*:", "");
            try (TributaryProcess demo = TributaryProcess.start(
                    "demo", "--devices", "4", "--rounds", "1", "--port", port, "--http-port", "0")) {
                assertThat(demo.exitCode(LIMIT)).isEqualTo(1);
                assertThat(demo.err())
                        .contains("port " + port)
                        .contains("in use")
                        .doesNotContain("\tat ");
            }
        }
    }

    private static void assertRefused(int code, String word, String... options) {
        try (TributaryProcess demo = TributaryProcess.start(arguments(List.of(), options))) {
            assertThat(demo.exitCode(LIMIT)).as(demo.err()).isEqualTo(code);
            assertThat(demo.err()).contains(word).doesNotContain("\tat ").doesNotContain("Exception");
        }
    }

    private static Map<String, Object> demo(List<String> data, String... options) {
        try (TributaryProcess demo = TributaryProcess.start(arguments(data, options))) {
            return demo.jsonResult(LIMIT);
        }
    }

    private static String[] arguments(List<String> data, String... options) {
        List<String> arguments = new ArrayList<>(List.of("demo", "--json", "--http-port", "0"));
        arguments.addAll(List.of("--port", Integer.toString(TributaryProcess.freePort())));
        arguments.addAll(data);
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private static void assertBytesAgree(Map<String, Object> result) {
        assertThat(number(result, "bytesUp") + number(result, "bytesUpOther"))
                .as("bytes that devices sent, counted by devices and by the broker: %s", result)
                .isEqualTo(number(result, "brokerPublishBytes", "fromDevices"));
        assertThat(number(result, "bytesDown"))
                .as("bytes that devices received, counted by devices and by the broker: %s", result)
                .isEqualTo(number(result, "brokerPublishBytes", "toDevices"));
    }

    private static double number(Map<String, Object> result, String... path) {
        Object value = result;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return ((Number) value).doubleValue();
    }
}
