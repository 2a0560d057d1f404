package dev.tributary.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Fleets with hostile devices, and federations that stop early, as a user sees them: real broker, real processes. */
class RobustIT {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Test
    void hostileDevices_areLeftOut_andTheModelStaysUseful() {
        Map<String, Object> robust =
                demo("--byzantine", "3:sign-flip", "--plan", "aggregation=multiKrum", "--plan", "byzantine=3");
        assertThat(robust.get("updates"))
                .isEqualTo(
                        Map.of("byzantineDevices", 3, "contributed", 60, "leftOutHonest", 0, "leftOutByzantine", 15));
        assertThat(number(robust, "own", "devices")).isEqualTo(9);
        assertThat(number(robust, "own", "accuracy")).isGreaterThan(number(robust, "baseline", "accuracy"));

        Map<String, Object> misled = demo("--byzantine", "3:sign-flip");
        assertThat(number(misled, "own", "accuracy")).isLessThan(number(robust, "own", "accuracy"));
    }

    @Test
    void noiseAboveWhatAdmissionTakes_isRejected() {
        Map<String, Object> result = demo("--byzantine", "3:noise:2e6");
        assertThat(result.get("updates"))
                .isEqualTo(Map.of("byzantineDevices", 3, "contributed", 45, "leftOutHonest", 0, "leftOutByzantine", 0));
        assertThat(number(result, "own", "accuracy")).isGreaterThan(number(result, "baseline", "accuracy"));
    }

    @Test
    void target_endsTheFederationBeforeItsRoundsAreDone() {
        Map<String, Object> result = demo("--plan", "target=0.01", "--plan", "maximumBytes=1000000000");
        assertThat(result).containsEntry("rounds", 1).containsEntry("converged", true);
        assertThat(result.get("reason").toString()).startsWith("the target accuracy of 0.01 is reached: ");
    }

    @Test
    void byteBudget_endsTheFederationBeforeItsRoundsAreDone() {
        Map<String, Object> result = demo("--plan", "maximumBytes=1");
        assertThat(result).containsEntry("rounds", 1).containsEntry("converged", false);
        assertThat(result.get("reason").toString())
                .startsWith("the budget of 1 bytes is used up: devices sent ")
                .endsWith(" " + ((Number) result.get("bytesUp")).longValue());
    }

    @Test
    void planThatItsFleetCannotFeed_isRefusedAtOnce() {
        try (TributaryProcess demo =
                TributaryProcess.start(arguments("--plan", "aggregation=multiKrum", "--plan", "byzantine=10"))) {
            assertThat(demo.exitCode(LIMIT)).as(demo.err()).isEqualTo(2);
            assertThat(demo.err())
                    .contains("--plan byzantine: needs at least 23 contributors to a round with aggregation multiKrum")
                    .contains("the minimum is 12")
                    .doesNotContain("\tat ");
        }
    }

    private static Map<String, Object> demo(String... options) {
        try (TributaryProcess demo = TributaryProcess.start(arguments(options))) {
            return demo.jsonResult(LIMIT);
        }
    }

    private static String[] arguments(String... options) {
        List<String> arguments = new ArrayList<>(List.of("demo", "--json", "--http-port", "0"));
        arguments.addAll(List.of("--port", Integer.toString(TributaryProcess.freePort())));
        arguments.addAll(List.of("--devices", "12", "--rounds", "5"));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    private static double number(Map<String, Object> result, String... path) {
        Object value = result;
        for (String key : path) {
            value = ((Map<?, ?>) value).get(key);
        }
        return ((Number) value).doubleValue();
    }
}
