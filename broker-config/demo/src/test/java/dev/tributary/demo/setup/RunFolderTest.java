package dev.tributary.demo.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    private static final DemoFederation FEDERATION = new DemoFederation(
            new FleetDescription(true, "regression", List.of(), List.of("y"), "", 1, 0, Set.of(), List.of()),
            Map.of(),
            OptionalInt.of(1),
            OptionalLong.of(1));

    @TempDir
    private Path parent;

    @Test
    void create_writesBothFiles_closeRemovesThem() throws IOException {
        Path folder;
        try (RunFolder run = RunFolder.create(parent, FEDERATION, 1883, 8080)) {
            folder = run.coordinatorFile().getParent();
            assertThat(Files.readString(run.coordinatorFile())).isEqualTo("""
                            name: demo
                            broker: {uri: "tcp://127.0.0.1:1883"}
                            http: {host: 127.0.0.1, port: 8080}
                            federations: [federation.yaml]
                            stopWhenFinished: false
                            """);
            assertThat(Files.readString(run.federationFile())).isEqualTo(FEDERATION.yaml());
        }
        assertThat(folder).doesNotExist();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void create_impossible_saysWhere() {
        Path missing = parent.resolve("missing");
        assertThatThrownBy(() -> RunFolder.create(missing, FEDERATION, 1, 2))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot write below " + missing);
    }

    @Test
    void close_twice_isFine() throws IOException {
        RunFolder run = RunFolder.create(parent, FEDERATION, 1, 2);
        run.close();
        run.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void close_byTwoThreadsAtOnce_isFine() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int i = 0; i < 500; i++) {
                RunFolder run = RunFolder.create(parent, FEDERATION, 1, 2);
                CyclicBarrier both = new CyclicBarrier(2);
                Callable<Void> close = () -> {
                    both.await();
                    run.close();
                    return null;
                };
                for (Future<Void> closed : threads.invokeAll(List.of(close, close))) {
                    closed.get();
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(parent).isEmptyDirectory();
    }
}
