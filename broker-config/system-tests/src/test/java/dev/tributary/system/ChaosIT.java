package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tributary chaos} as a user runs it: three minutes on 50 weather stations, whose error settles soon, or on the
 * built-in plant.
 */
class ChaosIT {
    /** Three minutes of faults, recovering, and as many versions again without faults. */
    private static final Duration LIMIT = Duration.ofMinutes(30);

    @TempDir
    private static Path folder;

    private static Map<String, Object> result;
    private static String told;

    @BeforeAll
    static void breakEverything() {
        List<String> arguments = new ArrayList<>(List.of("chaos", "--seed", "7", "--minutes", "3", "--json"));
        arguments.addAll(List.of("--evidence", evidence()));
        arguments.addAll(TestData.manyDevices());
        try (TributaryProcess chaos = TributaryProcess.start(arguments.toArray(String[]::new))) {
            result = chaos.jsonResult(LIMIT);
            told = chaos.err();
        }
        System.out.println(told);
    }

    private static String evidence() {
        return folder.resolve("evidence").toString();
    }

    @Test
    void chaos_threeMinutes_nothingIsLostAndNothingCountedTwice() {
        assertThat(result).containsEntry("lost", 0).containsEntry("doubled", 0).containsEntry("versionGaps", 0);
        assertThat(number(result, "faults")).isGreaterThan(40);
        assertThat(number(result, "updatesAcknowledged")).isGreaterThan(200);
        assertThat(number(result, "finalMetric")).isCloseTo(number(result, "referenceMetric"), withinOnePercent());
        assertThat(told)
                .contains("coordinator killed (SIGKILL)", "broker killed (SIGKILL)", "device killed (SIGKILL)")
                .contains("Everything that was promised held.");
    }

    private static org.assertj.core.data.Percentage withinOnePercent() {
        return org.assertj.core.data.Percentage.withPercentage(1);
    }

    @Test
    void chaos_plantedLoss_isFound() {
        assertThat(number(checkedWith("loss"), "lost")).isEqualTo(1);
    }

    @Test
    void chaos_plantedDoubleCount_isFound() {
        assertThat(number(checkedWith("double"), "doubled")).isEqualTo(1);
    }

    private static Map<String, Object> checkedWith(String plant) {
        try (TributaryProcess check =
                TributaryProcess.start("chaos", "--check", evidence(), "--json", "--plant", plant)) {
            assertThat(check.exitCode(LIMIT)).as(check.err()).isEqualTo(1);
            return TributaryProcess.json(check.out().get(check.out().size() - 1));
        }
    }

    @Test
    void chaos_terminated_leavesNoProcess() {
        try (TributaryProcess chaos = TributaryProcess.start("chaos", "--devices", "8")) {
            // Scripts come and go among them: what counts is who was seen together.
            List<ProcessHandle> children = Awaitility.await()
                    .atMost(LIMIT)
                    .until(() -> descendants(chaos), seen -> seen.size() >= 9 || !chaos.isAlive());
            assertThat(children).hasSizeGreaterThanOrEqualTo(9);
            chaos.terminate();
            assertThat(chaos.exitCode(Duration.ofSeconds(15))).isEqualTo(143);
            // What a script was about to start when it was ended may need a moment to end as well.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
        }
    }

    private static List<ProcessHandle> descendants(TributaryProcess chaos) {
        return ProcessHandle.of(chaos.pid())
                .map(process -> process.descendants().toList())
                .orElse(List.of());
    }

    private static double number(Map<String, Object> json, String key) {
        return ((Number) json.get(key)).doubleValue();
    }
}
