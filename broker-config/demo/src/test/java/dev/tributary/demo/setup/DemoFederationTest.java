package dev.tributary.demo.setup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DemoFederationTest {
    private static DemoFederation federation(Map<String, String> plan, OptionalInt rounds, OptionalLong seed) {
        FleetDescription fleet = new FleetDescription(
                false,
                "classification",
                List.of(new FleetDescription.Column("PM2.5: \"raw\"", "µg/m³"), new FleetDescription.Column("x", "")),
                List.of("yes", "no, never"),
                "",
                40,
                10,
                Set.of(),
                List.of());
        return new DemoFederation(fleet, plan, rounds, seed);
    }

    @Test
    void yaml_fixedRounds_wholeFile() {
        Map<String, String> plan = new LinkedHashMap<>();
        plan.put("encoding", "exact");
        plan.put("learningRate", "0.1");
        assertThat(federation(plan, OptionalInt.of(30), OptionalLong.of(7)).yaml())
                .isEqualTo("""
                        federation: demo
                        task: classification
                        features:
                          - {name: "PM2.5: \\"raw\\"", unit: "µg/m³"}
                          - {name: "x"}
                        outputs: ["yes", "no, never"]
                        plan:
                          "encoding": "exact"
                          "learningRate": "0.1"
                        rounds:
                          "goal": "all"
                          "deadline": "120s"
                          startWhen: 40
                          stop: {trainRounds: 30}
                        seed: 7
                        """);
    }

    @Test
    void yaml_keysOfRounds_areInTheirSection() {
        Map<String, String> plan = new LinkedHashMap<>();
        plan.put("mode", "asynchronous");
        plan.put("encoding", "exact");
        plan.put("goal", "10");
        plan.put("maximumStaleness", "5");
        assertThat(federation(plan, OptionalInt.of(30), OptionalLong.empty()).yaml())
                .contains("""
                        plan:
                          "encoding": "exact"
                        rounds:
                          "goal": "10"
                          "deadline": "120s"
                          "mode": "asynchronous"
                          "maximumStaleness": "5"
                          startWhen: 40
                          stop: {trainRounds: 30}
                        """);
    }

    @Test
    void yaml_keysOfStopping_areInTheirSection() {
        Map<String, String> plan = new LinkedHashMap<>();
        plan.put("target", "0.65");
        plan.put("maximumBytes", "1000");
        assertThat(federation(plan, OptionalInt.of(30), OptionalLong.empty()).yaml())
                .contains("  stop: {trainRounds: 30, target: \"0.65\", maximumBytes: \"1000\"}\n")
                .doesNotContain("plan:");
        assertThat(federation(plan, OptionalInt.empty(), OptionalLong.empty()).yaml())
                .contains("  stop: {target: \"0.65\", maximumBytes: \"1000\"}\n");
    }

    @Test
    void yaml_untilConvergence_hasNoPlanOfItsOwn() {
        assertThat(federation(Map.of(), OptionalInt.empty(), OptionalLong.empty())
                        .yaml())
                .contains("  stop: {patience: 5, tolerance: 0.002, maximumRounds: 200}\n")
                .doesNotContain("plan:")
                .doesNotContain("seed:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plain",
                "",
                "a: b",
                "# no comment",
                "- x",
                "{a}",
                "*x",
                "&x",
                "!x",
                "%x",
                "@x",
                "yes",
                "~",
                "1e3",
                "'",
                "\"",
                "\\",
                "a\nb",
                "a\tb",
                "\u0000",
                "\u0085",
                "\u2028",
                "\uFEFF",
                "°C",
                "日本",
                "\uD83D\uDE00"
            })
    void quoted_anyText_readsBackTheSame(String text) throws IOException {
        // YAML's double-quoted scalars, as far as we use them, are JSON's strings.
        String quoted = Yaml.quoted(text);
        assertThat(quoted).doesNotContain("\n");
        assertThat(JSON.std.listFrom("[" + quoted + "]")).containsExactly(text);
    }
}
