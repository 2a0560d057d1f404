package dev.tributary.coordinator.web;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A request that cannot be answered as asked, as RFC 9457 has it. */
final class ProblemException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final Map<Integer, String> TITLES = Map.of(
            400, "Bad request",
            403, "Forbidden",
            404, "Not found",
            405, "Method not allowed",
            409, "Conflict",
            413, "Content too large",
            500, "Internal error",
            503, "Unavailable");

    private final int status;
    private final String field;

    private ProblemException(int status, String field, String detail) {
        super(detail);
        this.status = status;
        this.field = field;
    }

    ProblemException(int status, String detail) {
        this(status, "", detail);
    }

    /** What was sent in this field, or as this part of the path, is no possible value of it. */
    static ProblemException badInput(String field, String detail) {
        return new ProblemException(400, field, detail);
    }

    static ProblemException notFound(String detail) {
        return new ProblemException(404, detail);
    }

    static ProblemException conflict(String detail) {
        return new ProblemException(409, detail);
    }

    int status() {
        return status;
    }

    /** The problem with the request to {@code path}. */
    Map<String, Object> json(String path) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("type", "about:blank");
        json.put("title", Optional.ofNullable(TITLES.get(status)).orElse("Problem"));
        json.put("status", status);
        json.put("detail", getMessage());
        json.put("instance", path);
        if (!field.isEmpty()) {
            json.put("field", field);
        }
        return json;
    }
}
