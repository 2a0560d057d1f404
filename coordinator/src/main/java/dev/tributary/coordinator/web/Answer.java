package dev.tributary.coordinator.web;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer to a request. */
sealed interface Answer {
    /** One that is sent at once. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and read once
    record Whole(int status, String type, Map<String, String> headers, byte[] body) implements Answer {
        public Whole {
            headers = Map.copyOf(headers);
        }
    }

    /** One that goes on as long as the client listens. */
    record Events(String federation) implements Answer {}

    /** This object, as it was asked for. */
    static Answer of(Object json) throws IOException {
        return new Whole(200, "application/json; charset=utf-8", Map.of(), bytes(json));
    }

    /** This problem with the request to {@code path}. */
    static Whole of(ProblemException problem, String path) throws IOException {
        return new Whole(problem.status(), "application/problem+json", Map.of(), bytes(problem.json(path)));
    }

    private static byte[] bytes(Object json) throws IOException {
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json).getBytes(StandardCharsets.UTF_8);
    }
}
