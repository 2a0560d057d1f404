package dev.tributary.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ManagementServerTest {
    private final AtomicBoolean ready = new AtomicBoolean();
    private final HttpClient client = HttpClient.newHttpClient();
    private ManagementServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ManagementServer("127.0.0.1", 0, Meters.registry("test"), ManagementServer.unless(ready::get));
        server.route("/api/", exchange -> {
            if (exchange.getRequestURI().getPath().endsWith("/fail")) {
                throw new IllegalStateException("planted");
            }
            exchange.sendResponseHeaders(204, -1);
        });
        server.start();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.uri() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void metrics_arePrometheusText() throws IOException, InterruptedException {
        HttpResponse<String> answer = request("GET", "/metrics");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
        assertThat(answer.body())
                .contains("jvm_memory_used_bytes{application=\"test\"")
                .contains("process_uptime_seconds{application=\"test\"")
                .contains("system_cpu_count{application=\"test\"");
    }

    @Test
    void health_followsTheProcess() throws IOException, InterruptedException {
        assertThat(request("GET", "/health/live").statusCode()).isEqualTo(200);
        assertThat(request("GET", "/health/ready").statusCode()).isEqualTo(503);
        ready.set(true);
        assertThat(request("GET", "/health/ready").body()).isEqualTo("ready\n");
        assertThat(request("HEAD", "/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void routes_unknownFailingAndWrongMethod() throws IOException, InterruptedException {
        assertThat(request("GET", "/api/x").statusCode()).isEqualTo(204);
        assertThat(request("GET", "/api/fail").statusCode()).isEqualTo(500);
        assertThat(request("GET", "/api/fail").body()).isEqualTo("internal error\n");
        assertThat(request("GET", "/nowhere").statusCode()).isEqualTo(404);
        assertThat(request("GET", "/metrics/more").statusCode()).isEqualTo(404);
        assertThat(request("POST", "/metrics").statusCode()).isEqualTo(405);
    }

    @Test
    void port_inUse_isSaid() {
        assertThatThrownBy(() -> new ManagementServer(
                        "127.0.0.1", server.port(), Meters.registry("test"), ManagementServer.unless(ready::get)))
                .isInstanceOf(IOException.class)
                .hasMessage("http port " + server.port() + " on 127.0.0.1 is in use; choose another with http.port");
    }

    @Test
    void host_unknown_isSaid() {
        assertThatThrownBy(() -> new ManagementServer(
                        "no.such.host.invalid", 0, Meters.registry("test"), ManagementServer.unless(ready::get)))
                .isInstanceOf(IOException.class)
                .hasMessage("http host no.such.host.invalid is not known; choose another with http.host");
    }
}
