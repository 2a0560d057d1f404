package dev.tributary.coordinator.web;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What answers one method on one kind of path.
 *
 * @param template of the path below {@link Api#PATH}, such as {@code /federations/{federation}}
 * @param parameters that the query may have
 */
record Route(String method, String template, Set<String> parameters, Handler handler) {
    /** Answers a request that fits the route. */
    interface Handler {
        Answer answer(Request request) throws ProblemException, IOException;
    }

    Route {
        parameters = Set.copyOf(parameters);
    }

    static Route get(String template, Set<String> parameters, Handler handler) {
        return new Route("GET", template, parameters, handler);
    }

    static Route post(String template, Handler handler) {
        return new Route("POST", template, Set.of(), handler);
    }

    /** What stands in the path in place of the names in the template; empty when the path is another. */
    Optional<Map<String, String>> match(String rawPath) {
        List<String> names = List.of(template.split("/", -1));
        List<String> levels = List.of(rawPath.split("/", -1));
        if (names.size() != levels.size()) {
            return Optional.empty();
        }
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String level = decoded(levels.get(i));
            if (name.startsWith("{")) {
                values.put(name.substring(1, name.length() - 1), level);
            } else if (!name.equals(level)) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    /** In a path a plus sign stands for itself. */
    private static String decoded(String level) {
        return URLDecoder.decode(level.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
