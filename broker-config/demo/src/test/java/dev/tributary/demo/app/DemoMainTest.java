package dev.tributary.demo.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoMainTest {
    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    private Path folder;

    @Test
    void rounds_json_endsWithOneObjectAndLeavesNothing() throws Exception {
        HttpServer fleet = metrics("""
                tributary_publish_bytes_total{direction="sent",kind="train"} 1500.0
                tributary_publish_bytes_total{direction="sent",kind="presence"} 30.0
                tributary_publish_bytes_total{direction="received",kind="model"} 4000.0
                tributary_publish_float32_bytes_total 6000.0
                """);
        String url = "http://127.0.0.1:" + fleet.getAddress().getPort();
        try (DemoProcess demo = DemoProcess.start(folder, "normal", url, "--rounds=1", "--json")) {
            assertThat(demo.exitCode()).as(demo.err()).isZero();
            assertThat(demo.out().lines().toList())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("{\"federation\":\"demo\"")
                            .contains("\"bytesUp\":1500,\"bytesUpFloat32\":6000,\"bytesUpOther\":30,\"bytesDown\":4000")
                            .contains("\"rejectedDevices\":[\"three\"]"));
            assertThat(demo.err())
                    .contains("simulator")
                    .contains("Noticed: bad.csv: is empty")
                    .contains("rejected three (OUTLYING_STATISTICS): a: mean 123000");
            assertThat(demo.leftovers()).isEmpty();
        } finally {
            fleet.stop(0);
        }
    }

    @Test
    void plan_refusedByTheCoordinator_isOneLineAndExitCode2() throws Exception {
        try (DemoProcess demo = DemoProcess.start(folder, "refuse", NOWHERE, "--plan", "nonsense=1")) {
            assertThat(demo.exitCode()).isEqualTo(2);
            assertThat(demo.err().lines())
                    .containsExactly("tributary demo: --plan nonsense: unknown key; did you mean momentum?");
            assertThat(demo.out()).doesNotContain("Broker:");
            assertThat(demo.leftovers()).isEmpty();
        }
    }

    @Test
    void child_endsUnexpectedly_isOneLineWithItsLastWordsAndExitCode1() throws Exception {
        try (DemoProcess demo = DemoProcess.start(folder, "crash", NOWHERE)) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.err().lines())
                    .containsExactly("tributary demo: the coordinator ended unexpectedly with exit code 3:"
                            + " Main: out of luck");
            assertThat(demo.leftovers()).isEmpty();
        }
    }

    @Test
    void sigterm_whileServing_endsAllWithinFiveSeconds() throws Exception {
        try (DemoProcess demo = DemoProcess.start(folder, "normal", NOWHERE)) {
            List<ProcessHandle> children = demo.awaitOutput("Keeps serving").descendants();
            assertThat(children).hasSizeGreaterThanOrEqualTo(3);
            demo.terminate();
            assertThat(demo.endsWithin(Duration.ofSeconds(5))).isTrue();
            assertThat(demo.exitCode()).isEqualTo(143);
            assertThat(children).noneMatch(ProcessHandle::isAlive);
            assertThat(demo.leftovers()).isEmpty();
            assertThat(demo.err()).doesNotContain("unexpectedly");
        }
    }

    @Test
    void sigterm_withAChildThatIgnoresIt_endsThatByForce() throws Exception {
        try (DemoProcess demo = DemoProcess.start(folder, "stubborn", NOWHERE)) {
            ProcessHandle fleet = demo.awaitOutput("Keeps serving").descendants().stream()
                    .filter(child -> child.info().commandLine().orElse("").contains("simulate"))
                    .findFirst()
                    .orElseThrow();
            demo.terminate();
            assertThat(demo.endsWithin(Duration.ofSeconds(6))).isTrue();
            assertThat(fleet.isAlive()).isFalse();
        }
    }

    @Test
    void sigkill_endsTheChildrenToo() throws Exception {
        try (DemoProcess demo = DemoProcess.start(folder, "normal", NOWHERE)) {
            List<ProcessHandle> children = demo.awaitOutput("Keeps serving").descendants();
            demo.kill();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
        }
    }

    @Test
    void port_inUse_isOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                DemoProcess demo = DemoProcess.start(folder, "normal", NOWHERE, "--port=" + taken.getLocalPort())) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.err().lines())
                    .containsExactly("tributary demo: port " + taken.getLocalPort()
                            + " on 127.0.0.1 is in use; choose another with --port (0 takes a free one)");
        }
    }

    @Test
    void temporaryFolder_notWritable_isOneLine() throws Exception {
        Path missing = folder.resolve("missing");
        try (DemoProcess demo = DemoProcess.start(folder, "normal", NOWHERE, missing)) {
            assertThat(demo.exitCode()).isEqualTo(1);
            assertThat(demo.err().lines())
                    .filteredOn(line -> !line.startsWith("WARNING: java.io.tmpdir")) // the words of newer JVMs
                    .singleElement()
                    .satisfies(line -> assertThat(line).startsWith("tributary demo: cannot write below " + missing));
        }
    }

    private static HttpServer metrics(String page) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
