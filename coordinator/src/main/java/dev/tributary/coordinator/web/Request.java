package dev.tributary.coordinator.web;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** One request, as its route sees it. */
final class Request {
    private final Map<String, String> path;
    private final Map<String, String> query;
    private final Map<String, Object> body;

    private Request(Map<String, String> path, Map<String, String> query, Map<String, Object> body) {
        this.path = path;
        this.query = query;
        this.body = body;
    }

    /**
     * A request.
     *
     * @param path what stands in the path by the names in the route's template
     * @param rawQuery as it came, or null
     * @param body as it came; empty for none
     */
    static Request of(Map<String, String> path, String rawQuery, Set<String> parameters, byte[] body)
            throws ProblemException {
        return new Request(path, query(rawQuery, parameters), body(body));
    }

    private static Map<String, String> query(String rawQuery, Set<String> parameters) throws ProblemException {
        Map<String, String> query = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return query;
        }
        for (String parameter : rawQuery.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
            if (!parameters.contains(name)) {
                throw ProblemException.badInput(
                        name,
                        "unknown parameter " + name
                                + (parameters.isEmpty()
                                        ? "; there is none here"
                                        : "; there are "
                                                + parameters.stream().sorted().toList()));
            }
            query.put(name, equals < 0 ? "" : decoded(parameter.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) throws ProblemException {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ProblemException(400, "the query cannot be read: " + e.getMessage());
        }
    }

    private static Map<String, Object> body(byte[] body) throws ProblemException {
        if (body.length == 0) {
            return Map.of();
        }
        try {
            return JSON.std.mapFrom(body);
        } catch (IOException | RuntimeException e) {
            throw new ProblemException(400, "the body must be a JSON object, and cannot be read as one");
        }
    }

    /** What this part of the path means; it is the client's mistake when that refuses it. */
    <T> T path(String name, Function<String, T> meaning) throws ProblemException {
        try {
            return meaning.apply(path.get(name));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput(name, reason(name, e));
        }
    }

    /** What this parameter of the query means, if it is there. */
    <T> Optional<T> query(String name, Function<String, T> meaning) throws ProblemException {
        String text = query.get(name);
        if (text == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(meaning.apply(text));
        } catch (IllegalArgumentException e) {
            throw ProblemException.badInput(name, reason(name, e));
        }
    }

    private static String reason(String name, IllegalArgumentException e) {
        return e instanceof NumberFormatException
                ? name + " must be a whole number; " + e.getMessage()
                : String.valueOf(e.getMessage());
    }

    /** The body has no other fields than these. */
    Request requireFields(Set<String> names) throws ProblemException {
        for (String name : body.keySet()) {
            if (!names.contains(name)) {
                throw ProblemException.badInput(
                        name,
                        "unknown field " + name + "; there "
                                + (names.isEmpty()
                                        ? "is none here"
                                        : "are " + names.stream().sorted().toList()));
            }
        }
        return this;
    }

    /** A whole number in the body, if it is there. */
    OptionalLong whole(String name) throws ProblemException {
        Object value = body.get(name);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (value instanceof Integer || value instanceof Long) {
            return OptionalLong.of(((Number) value).longValue());
        }
        throw ProblemException.badInput(name, name + " must be a whole number, was " + value);
    }

    /** A text in the body of at most {@code longest} characters, if it is there. */
    Optional<String> text(String name, int longest) throws ProblemException {
        Object value = body.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof String text && text.length() <= longest) {
            return Optional.of(text);
        }
        throw ProblemException.badInput(name, name + " must be a text of at most " + longest + " characters");
    }
}
