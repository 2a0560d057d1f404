package dev.tributary.coordinator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.update.FederationId;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What holds for all of the API: its document, its problems, its events. */
class ApiTest {
    private static final Pattern NAME = Pattern.compile("\\{([a-z]+)}");

    private ApiUnderTest api;

    @BeforeEach
    void begin() throws Exception {
        api = new ApiUnderTest();
    }

    @AfterEach
    void end() {
        api.close();
    }

    @Test
    void document_hasEveryRouteAndNoOther() {
        assertThat(api.document().operations())
                .isEqualTo(api.api.routes().stream()
                        .map(route -> route.method() + " " + route.template())
                        .collect(Collectors.toSet()))
                .hasSizeGreaterThan(10);
    }

    @Test
    void document_hasEveryRoutesParameters() {
        for (Route route : api.api.routes()) {
            Set<String> names = NAME.matcher(route.template())
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            assertThat(api.document().parameters(route.method(), route.template(), "path"))
                    .as(route.template())
                    .isEqualTo(names);
            assertThat(api.document().parameters(route.method(), route.template(), "query"))
                    .as(route.template())
                    .isEqualTo(route.parameters());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/federations/pumps/models/3, 200, ''",
        "/federations/pumps/models/3/, 200, ''",
        "/federations/pumps/models/latest/file, 200, ''",
        "/federations/pumps/models/4, 404, ''",
        "/federations/pumps/models/x, 400, version",
        "/federations/pumps/models/3/file?format=pickle, 400, format",
        "/federations/pumps/models/3/file?fromat=json, 400, fromat",
        "/federations/empty/models/latest, 404, ''",
        "/federations/pumps/modles, 404, ''",
        "/federations/nobody, 404, ''",
        "/federations/nobody/events, 404, ''",
        "/federations/a%20b, 400, federation",
        "/federations/a%2Fb, 400, federation",
        "/federations?limit=0, 400, limit",
        "/federations?limit=101, 400, limit",
        "/federations?limit=many, 400, limit",
        "/federations/pumps/rounds?after=x, 400, after",
        "/federations/pumps/rounds/0, 400, round",
        "/federations/pumps/rounds/9, 404, ''",
        "/federations/pumps/rounds/1.99999999999, 400, round",
        "/federations/pumps/devices/b, 404, ''",
        "/federations/pumps/devices/%3Cb%3E, 400, device",
        "x, 404, ''",
    })
    void paths_areAnsweredOrRefusedClearly(String path, int status, String field) throws Exception {
        HttpResponse<String> response = api.get(path);
        assertThat(response.statusCode()).isEqualTo(status);
        if (status != 200) {
            Map<String, Object> problem = JSON.std.mapFrom(response.body());
            assertThat(problem.get("field")).isEqualTo(field.isEmpty() ? null : field);
            assertThat(problem).containsEntry("instance", api.uri(path).getRawPath());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/federations, '', 405",
        "/federations/pumps/models/3, '', 405",
        "/federations/pumps/models/9/roll-back, '', 404",
        "/federations/empty/models/3/roll-back, '', 404",
        "/federations/pumps/models/3/roll-back, '[]', 400",
        "/federations/pumps/models/3/roll-back, '{\"a\":', 400",
        "/federations/pumps/models/3/roll-back, '{\"speed\":1}', 400",
        "/federations/pumps/models/3/roll-back, '', 200",
        "/federations/pumps/models/3/roll-back, '{}', 200",
        "/federations/pumps/models/3/roll-back, '{\"expectedVersion\":3}', 200",
        "/federations/pumps/models/3/roll-back, '{\"expectedVersion\":2}', 409",
        "/federations/pumps/models/3/roll-back, '{\"expectedVersion\":\"3\"}', 400",
        "/federations/empty/pause, '', 409",
        "/federations/nobody/pause, '', 404",
        "/federations/pumps/devices/b/quarantine, '', 404",
        "/federations/pumps/devices/b/roll-back, '', 404",
    })
    void posts_areAnsweredOrRefusedClearly(String path, String body, int status) throws Exception {
        HttpResponse<String> response = api.post(path, body);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains(status == 200 ? "\"version\":4" : "\"detail\":");
    }

    @Test
    void otherMethods_areRefusedWithThoseThatThereAre() throws Exception {
        HttpResponse<String> response = api.post("/federations", "");
        assertThat(response.headers().firstValue("Allow")).contains("GET");
        HttpRequest.Builder head =
                HttpRequest.newBuilder(api.uri("/federations")).method("HEAD", HttpRequest.BodyPublishers.noBody());
        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(head.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void largeBody_isRefused() throws Exception {
        HttpResponse<String> response = api.post("/federations/pumps/models/3/roll-back", " ".repeat(64 * 1024 + 1));
        assertThat(response.statusCode()).isEqualTo(413);
    }

    @Test
    void pageOfAnotherSite_mayNotAct() throws Exception {
        String path = "/federations/pumps/models/3/roll-back";
        HttpRequest.Builder request = HttpRequest.newBuilder(api.uri(path))
                .header("Origin", "http://elsewhere.example")
                .POST(HttpRequest.BodyPublishers.noBody());
        assertThat(api.checked("POST", path, request).statusCode()).isEqualTo(403);
    }

    @Test
    void events_areTheFederationsFromNowOn() throws Exception {
        HttpResponse<InputStream> stream = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(api.uri("/federations/pumps/events"))
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
        assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream; charset=utf-8");
        Awaitility.await().until(() -> api.events().clients() == 1);
        api.events().on(new FederationEvent.VersionMade(new FederationId("empty"), 1));
        api.events().on(new FederationEvent.Online(ApiUnderTest.PUMPS, 1));
        api.events().on(new FederationEvent.VersionMade(ApiUnderTest.PUMPS, 4));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("retry: 2000");
            assertThat(lines.readLine()).isEqualTo(":");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("event: versionMade");
            assertThat(lines.readLine())
                    .isEqualTo("data: {\"event\":\"versionMade\",\"federation\":\"pumps\",\"version\":4}");
        }
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            api.events().on(new FederationEvent.VersionMade(ApiUnderTest.PUMPS, 5));
            return api.events().clients() == 0;
        });
    }
}
