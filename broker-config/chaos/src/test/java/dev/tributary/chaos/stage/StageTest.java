package dev.tributary.chaos.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.chaos.fault.Fault;
import dev.tributary.demo.child.ChildProcesses;
import dev.tributary.demo.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a launcher that writes down what it is asked, says one line and waits. */
class StageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private ChildProcesses children;
    private Workplace place;
    private Stage stage;

    @BeforeEach
    void build() throws IOException {
        Path launcher = folder.resolve("tributary");
        Files.writeString(launcher, """
                #!/bin/sh
                echo "$$ $*" >>"%s/started"
                echo '{"event":"problem","message":"from '"$1"'"}'
                [ -e "%s/fail" ] && echo 'out of luck' >&2 && exit 3
                exec cat >/dev/null
                """.formatted(folder, folder));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        children = new ChildProcesses(launcher, (child, line) -> {});
        place = Workplace.create(folder.resolve("run"));
        stage = new Stage(
                children, Cast.of(CastTest.description(6)).orElseThrow(), place, List.of("--devices=6"), 1001, 1002);
    }

    @AfterEach
    void end() {
        children.close();
    }

    private List<String> started() {
        try {
            return Files.exists(folder.resolve("started")) ? Files.readAllLines(folder.resolve("started")) : List.of();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private String state(int line) throws IOException {
        String pid = started().get(line).split(" ")[0];
        String stat = Files.readString(Path.of("/proc", pid, "stat"));
        return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    }

    private Optional<Event> hearSomething() throws StageFailure, InterruptedException {
        Optional<Event> heard = Optional.empty();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (heard.isEmpty() && System.nanoTime() < end) {
            heard = stage.hear(Duration.ofMillis(100));
        }
        return heard;
    }

    @Test
    void startAll_everybodyIsToldWhereTheProxyIs_andAgentsKeepTheirState() throws Exception {
        stage.startAll();
        await().atMost(PATIENCE).until(() -> started().size() == 8);
        assertThat(started())
                .filteredOn(line -> line.contains(" broker "))
                .singleElement()
                .asString()
                .contains("--port=1001");
        assertThat(started())
                .filteredOn(line -> line.contains(" coordinator "))
                .singleElement()
                .asString()
                .contains("--config=" + place.folder().resolve("coordinator.yaml"), "--clock-offset=");
        assertThat(started())
                .filteredOn(line -> line.contains(" simulate "))
                .hasSize(6)
                .allMatch(line -> line.contains("--broker=tcp://127.0.0.1:1002") && line.contains("--devices=6"))
                .filteredOn(line -> line.contains("--state="))
                .hasSize(3);
        stage.stopAll();
        assertThat(children.isClosing()).isFalse();
    }

    @Test
    void kill_isNoSurprise_andTheNextStartIsANewProcess() throws Exception {
        stage.start(Fault.COORDINATOR);
        assertThat(hearSomething()).contains(new Event.Problem("from coordinator"));
        stage.kill(Fault.COORDINATOR);
        stage.start(Fault.COORDINATOR);
        assertThat(hearSomething()).contains(new Event.Problem("from coordinator"));
        assertThat(started()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void pauseAndResume_stopTheProcessAndLetItGoOn() throws Exception {
        stage.start("d1");
        await().atMost(PATIENCE).until(() -> started().size() == 1);
        stage.pause("d1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(0)).isEqualTo("T"));
        stage.resume("d1");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(state(0)).isNotEqualTo("T"));
    }

    @Test
    void endByItself_isAFailureWithItsLastWords() throws Exception {
        Files.writeString(folder.resolve("fail"), "");
        stage.start(Fault.BROKER);
        assertThatThrownBy(this::hearSomething)
                .isInstanceOf(StageFailure.class)
                .hasMessage("broker ended by itself with exit code 3: out of luck");
    }

    @Test
    void jumpClock_adds_andTheFileIsAlwaysWhole() throws Exception {
        stage.configure("federation: chaos\n");
        assertThat(Files.readString(place.clockOffset())).isEqualTo("0");
        stage.jumpClock(Duration.ofSeconds(-90));
        stage.jumpClock(Duration.ofSeconds(30));
        assertThat(Files.readString(place.clockOffset())).isEqualTo("-60000");
        assertThat(Files.readString(place.folder().resolve("coordinator.yaml")))
                .contains("uri: \"tcp://127.0.0.1:1002\"", "database: \"jdbc:sqlite:coordinator.db\"");
    }
}
