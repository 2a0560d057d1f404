package dev.tributary.chaos.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.chaos.evidence.FaultFile;
import dev.tributary.chaos.evidence.InjectedFault;
import dev.tributary.chaos.evidence.StoryFolder;
import dev.tributary.chaos.fault.FaultKind;
import dev.tributary.chaos.verdict.Story;
import dev.tributary.chaos.verdict.Story.Part;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options, and evidence of earlier runs. */
class ChaosMainTest {
    @TempDir
    private Path folder;

    private ChaosProcess.Result run(String... arguments) throws IOException, InterruptedException {
        return ChaosProcess.run(folder, arguments);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--minutes=0 | --minutes must be 0.25 to 1440.0, was 0.0",
                "--minutes=soon | Invalid value for option '--minutes'",
                "--devices=3 | --devices must be >= 4, was 3",
                "--data=nowhere | --data: no such folder: nowhere",
                "--check=nowhere | --check: no such folder: nowhere",
                "--check=HERE --evidence=x | --check and --evidence exclude each other",
                "--check=HERE | holds no evidence of `tributary chaos --evidence`",
                "--evidence=HERE --launcher=/bin/sh | must be new or empty",
                "--bogus | Unknown option: '--bogus'",
            })
    void run_wrongOptions_isOneClearLineAndExitCode2(String options, String message) throws Exception {
        Files.writeString(folder.resolve("something"), "");
        StringWriter err = new StringWriter();
        int code = ChaosMain.commandLine()
                .setErr(new PrintWriter(err))
                .execute(options.replace("HERE", folder.toString()).split(" "));
        assertThat(code).as(err.toString()).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
    }

    @Test
    void check_goodEvidence_isGood_andPlantedFaultsAreFound() throws Exception {
        Path evidence = folder.resolve("evidence");
        write(evidence);

        ChaosProcess.Result good = run("--check=" + evidence, "--json");
        assertThat(good.exitCode()).as(good.err()).isZero();
        assertThat(good.err())
                .contains("device killed (SIGKILL)")
                .contains("6 updates acknowledged, 6 counted: 0 lost, 0 counted twice")
                .contains("2 versions, 0 gaps; 1 of 1 refolded bit for bit")
                .contains("Everything that was promised held.");
        assertThat(json(good))
                .containsExactly(
                        Map.entry("faults", 2),
                        Map.entry("updatesAcknowledged", 6),
                        Map.entry("lost", 0),
                        Map.entry("doubled", 0),
                        Map.entry("versionGaps", 0),
                        Map.entry("finalMetric", 0.5),
                        Map.entry("referenceMetric", 0.5));

        ChaosProcess.Result loss = run("--check=" + evidence, "--json", "--plant=loss");
        assertThat(loss.exitCode()).isEqualTo(1);
        assertThat(json(loss)).containsEntry("lost", 1);
        assertThat(loss.err()).contains("lost: a in round 2 was acknowledged and is not counted");

        ChaosProcess.Result twice = run("--check=" + evidence, "--json", "--plant=double");
        assertThat(twice.exitCode()).isEqualTo(1);
        assertThat(json(twice)).containsEntry("doubled", 1).containsEntry("lost", 0);
        assertThat(twice.err()).contains("doubled: a in round 2 is counted twice in version 1");

        assertThat(run("--check=" + evidence).exitCode())
                .as("the evidence itself stays")
                .isZero();
    }

    @Test
    void check_metricFarFromTheReference_isABrokenPromise() throws Exception {
        Path evidence = folder.resolve("evidence");
        write(evidence);
        writeRun(Files.createDirectories(evidence.resolve("reference")), story(0.25));
        ChaosProcess.Result result = run("--check=" + evidence);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("RMSE 0.5 is not within 1 % of 0.25");
    }

    @Test
    void check_faultThatWasNotSurvived_isABrokenPromise() throws Exception {
        Path evidence = folder.resolve("evidence");
        write(evidence);
        FaultFile.write(
                evidence.resolve("faulty/faults.jsonl"),
                List.of(new InjectedFault(1, FaultKind.SILENCE, "b", 0, 1_000_000)));
        ChaosProcess.Result result = run("--check=" + evidence);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("not survived: connection dead without a word, b (fault 1)");
    }

    private static Map<String, Object> json(ChaosProcess.Result result) throws IOException {
        return JSON.std.mapFrom(result.out().strip());
    }

    private static Story story(double rmse) {
        return Story.begun()
                .trained(2, 4, 2, new Part("a", 1, 1, 8), new Part("b", 3, 5, 0))
                .evaluated(3, rmse, "a", "b", "c", "d");
    }

    private static void write(Path evidence) throws IOException, SQLException {
        Path faulty = Files.createDirectories(evidence.resolve("faulty"));
        writeRun(faulty, story(0.5));
        writeRun(Files.createDirectories(evidence.resolve("reference")), story(0.5));
        FaultFile.write(
                faulty.resolve("faults.jsonl"),
                List.of(
                        new InjectedFault(1, FaultKind.KILL_AGENT, "a", 10, 500),
                        new InjectedFault(2, FaultKind.KILL_BROKER, "broker", 10, 600)));
        Files.writeString(evidence.resolve("devices"), "4");
    }

    private static void writeRun(Path run, Story story) throws IOException, SQLException {
        Files.createDirectories(run.resolve("journals"));
        StoryFolder.writeJournal(story, run.resolve("journals/all.jsonl"));
        StoryFolder.writeCapture(story, run.resolve("capture.jsonl"));
        Files.deleteIfExists(run.resolve("coordinator.db"));
        StoryFolder.writeDatabase(story, run.resolve("coordinator.db"));
    }
}
