package dev.tributary.coordinator.app;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.coordinator.web.Api;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks a running coordinator over HTTP. */
final class CoordinatorClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int PAGE = 100;

    private final URI coordinator;

    /**
     * A client of the coordinator at this address.
     *
     * @throws IllegalArgumentException when it is none of HTTP
     */
    CoordinatorClient(URI coordinator) {
        if (!"http".equals(coordinator.getScheme()) && !"https".equals(coordinator.getScheme())) {
            throw new IllegalArgumentException("--url must be like http://127.0.0.1:8080, was " + coordinator);
        }
        this.coordinator = coordinator;
    }

    /** The answer to GET; {@code path} is below that of all federations, empty or with a leading slash. */
    byte[] get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /** The JSON object that answers GET. */
    Map<String, Object> getJson(String path) throws IOException, InterruptedException {
        return json(get(path));
    }

    /** At most {@code limit} objects of the list of this name that answers GET, page by page. */
    List<Map<String, Object>> list(String path, String name, int limit) throws IOException, InterruptedException {
        List<Map<String, Object>> objects = new ArrayList<>();
        String after = "";
        while (objects.size() < limit) {
            Map<String, Object> page = getJson(path + "?limit=" + Math.min(PAGE, limit - objects.size()) + after);
            if (!(page.get(name) instanceof List<?> list)) {
                throw new IOException("the answer must have a list \"" + name + "\", had " + page.keySet());
            }
            for (Object one : list) {
                objects.add(object(one));
            }
            if (page.get("next") == null) {
                break;
            }
            after = "&after=" + URLEncoder.encode(String.valueOf(page.get("next")), StandardCharsets.UTF_8);
        }
        return objects;
    }

    /** All objects of the list of this name that answers GET, page by page. */
    List<Map<String, Object>> list(String path, String name) throws IOException, InterruptedException {
        return list(path, name, Integer.MAX_VALUE);
    }

    private static Map<String, Object> object(Object value) {
        Map<String, Object> object = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, one) -> object.put(String.valueOf(key), one));
        }
        return object;
    }

    /** The JSON object that answers POST of this one. */
    Map<String, Object> post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        return json(send(request(path)
                .POST(HttpRequest.BodyPublishers.ofString(JSON.std.asString(body)))
                .build()));
    }

    private HttpRequest.Builder request(String path) {
        URI uri = URI.create(coordinator.toString().replaceAll("/+$", "") + Api.PATH + "/federations" + path);
        return HttpRequest.newBuilder(uri).timeout(TIMEOUT);
    }

    private byte[] send(HttpRequest request) throws IOException, InterruptedException {
        try {
            HttpResponse<byte[]> response = HttpClient.newBuilder()
                    .connectTimeout(TIMEOUT)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() != OK) {
                throw new IOException(reason(response));
            }
            return response.body();
        } catch (ConnectException | HttpConnectTimeoutException e) {
            throw new IOException("no coordinator answers at " + coordinator + "; is it running?", e);
        }
    }

    private static Map<String, Object> json(byte[] body) throws IOException {
        return JSON.std.mapFrom(body);
    }

    private static String reason(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        try {
            if (JSON.std.mapFrom(body).get("detail") instanceof String error) {
                return error;
            }
        } catch (IOException e) {
            // not our JSON: told with the status below
        }
        return "HTTP " + response.statusCode() + ": " + body.strip();
    }
}
