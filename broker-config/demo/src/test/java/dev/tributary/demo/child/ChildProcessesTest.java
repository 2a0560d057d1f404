package dev.tributary.demo.child;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChildProcessesTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final List<String> stderr = new ArrayList<>();
    private final ChildProcesses children = new ChildProcesses(Path.of("/bin/sh"), (name, line) -> {
        synchronized (stderr) {
            stderr.add(name + ": " + line);
        }
    });

    @AfterEach
    void close() {
        children.close();
    }

    private ChildProcess sh(String name, String script) throws IOException {
        return children.start(name, List.of("-c", script));
    }

    @Test
    void next_givesEveryLineBeforeTheEnd() throws Exception {
        ChildProcess child = sh("one", "echo a; echo problem >&2; echo b; exit 7");
        assertThat(children.next(LIMIT)).contains(new Happening.Line(child, "a"));
        assertThat(children.next(LIMIT)).contains(new Happening.Line(child, "b"));
        assertThat(children.next(LIMIT)).contains(new Happening.Ended(child, 7));
        assertThat(child.lastWords()).isEqualTo("problem");
        synchronized (stderr) {
            assertThat(stderr).containsExactly("one: problem");
        }
    }

    @Test
    void next_nothingHappens_isEmpty() throws Exception {
        sh("quiet", "cat");
        assertThat(children.next(Duration.ofMillis(50))).isEmpty();
    }

    @Test
    void close_endsAll_andTheirEndsAreNoNews() throws Exception {
        List<ChildProcess> all = List.of(sh("broker", "exec cat"), sh("fleet", "exec cat"));
        children.close();
        assertThat(all).noneMatch(ChildProcess::isAlive);
        assertThat(children.isClosing()).isTrue();
        assertThat(children.next(Duration.ofMillis(200))).isEqualTo(Optional.empty());
        assertThatThrownBy(() -> sh("late", "cat")).isInstanceOf(IOException.class);
    }

    @Test
    void close_childThatIgnoresSigterm_isKilled() throws Exception {
        ChildProcess stubborn = sh("stubborn", "trap '' TERM; echo ready; cat; while :; do sleep 1; done");
        assertThat(children.next(LIMIT)).contains(new Happening.Line(stubborn, "ready"));
        long start = System.nanoTime();
        children.close();
        assertThat(stubborn.isAlive()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void start_noSuchLauncher_fails() {
        ChildProcesses none = new ChildProcesses(Path.of("/no/such/launcher"), (name, line) -> {});
        assertThatThrownBy(() -> none.start("x", List.of())).isInstanceOf(IOException.class);
    }
}
