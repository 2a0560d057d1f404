package dev.tributary.demo.setup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlanProblemsTest {
    @Test
    void placesInOurFiles_becomeOptions() {
        assertThat(PlanProblems.inWordsOfTheCommandLine("""
                        coordinator: /tmp/with space/federation.yaml:7: plan.localEpoch: unknown key; did you mean localEpochs?
                        coordinator: /tmp/with space/federation.yaml:8: plan.batchSize: must be a whole number, was "x"
                        """))
                .isEqualTo("--plan localEpoch: unknown key; did you mean localEpochs?;"
                        + " --plan batchSize: must be a whole number, was \"x\"");
    }

    @Test
    void problemsOfRounds_becomeOptionsToo() {
        assertThat(PlanProblems.inWordsOfTheCommandLine(
                        "/tmp/x/federation.yaml:9: rounds.goal: must be a number in asynchronous mode\n"))
                .isEqualTo("--plan goal: must be a number in asynchronous mode");
        assertThat(PlanProblems.inWordsOfTheCommandLine("/tmp/x/federation.yaml:9: rounds.stop.target: must be > 0\n"))
                .isEqualTo("--plan target: must be > 0");
    }

    @Test
    void otherProblems_keepTheirKey() {
        assertThat(
                        PlanProblems.inWordsOfTheCommandLine(
                                "2026-11-23T10:00:00Z INFO Main: hello\n/tmp/x/federation.yaml: outputs: must be >= 2 labels\n"))
                .isEqualTo("outputs: must be >= 2 labels");
    }
}
