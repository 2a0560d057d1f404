package dev.tributary.coordinator.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which part of a list is asked for.
 *
 * @param limit how many
 * @param after the last one of the page before; empty for the first page
 */
record Page<T>(int limit, Optional<T> after) {
    static final Set<String> PARAMETERS = Set.of("limit", "after");
    static final int MOST = 100;
    private static final int USUAL = 20;

    /** The page that a request asks for; {@code cursor} reads what {@code next} was. */
    static <T> Page<T> of(Request request, Function<String, T> cursor) throws ProblemException {
        int limit = request.query("limit", Page::limit).orElse(USUAL);
        return new Page<>(limit, request.query("after", cursor));
    }

    private static int limit(String text) {
        int limit = Integer.parseInt(text);
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit must be 1 to " + MOST + ", was " + limit);
        }
        return limit;
    }

    /** One more than the page has: whether it is there says whether there is another page. */
    int andOneMore() {
        return limit + 1;
    }

    /** The page's objects under this name, of the found ones, and {@code next}: what to ask for {@code after}, or null. */
    <F> Map<String, Object> json(
            String name, List<F> found, Function<F, Map<String, Object>> object, Function<F, Object> cursor) {
        List<F> shown = found.size() > limit ? found.subList(0, limit) : found;
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(name, shown.stream().map(object).toList());
        json.put(
                "next",
                found.size() > limit ? cursor.apply(shown.get(shown.size() - 1)).toString() : null);
        return json;
    }
}
