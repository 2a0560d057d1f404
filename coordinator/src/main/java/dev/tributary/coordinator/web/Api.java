package dev.tributary.coordinator.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tributary.coordinator.store.StoreUnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Answers requests below {@link #PATH}; safe for use by many threads. It ends the exchanges that it answers. */
public final class Api implements HttpHandler {
    /** Where the API is. */
    public static final String PATH = "/api/v1";

    private static final System.Logger LOG = System.getLogger(Api.class.getName());
    private static final int MOST_BODY_BYTES = 64 * 1024;

    private final List<Route> routes;
    private final EventStream events;

    /** An API over these federations, whose events it passes on. */
    public Api(Federations federations, EventStream events) {
        this.events = events;
        List<Route> all = new ArrayList<>();
        all.add(OpenApi.route());
        all.addAll(new FederationRoutes(federations).routes());
        all.addAll(new RoundRoutes(federations).routes());
        all.addAll(new DeviceRoutes(federations).routes());
        all.addAll(new ModelRoutes(federations).routes());
        this.routes = List.copyOf(all);
    }

    /** What it answers, as the OpenAPI document has it. */
    List<Route> routes() {
        return routes;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        boolean isHandedOn = false;
        try {
            Answer answer = answer(exchange);
            if (answer instanceof Answer.Whole whole) {
                send(exchange, whole);
            } else if (answer instanceof Answer.Events wanted) {
                isHandedOn = events.open(exchange, wanted.federation());
                if (!isHandedOn) {
                    send(exchange, problem(exchange, new ProblemException(503, "too many clients listen to events")));
                }
            }
        } finally {
            if (!isHandedOn) {
                exchange.close();
            }
        }
    }

    private Answer answer(HttpExchange exchange) throws IOException {
        try {
            requireSameOrigin(exchange);
            Route route = route(exchange);
            String path = below(exchange);
            byte[] body = exchange.getRequestBody().readNBytes(MOST_BODY_BYTES + 1);
            if (body.length > MOST_BODY_BYTES) {
                throw new ProblemException(413, "a body may have at most " + MOST_BODY_BYTES + " bytes");
            }
            Map<String, String> values = route.match(path).orElseThrow();
            return route.handler()
                    .answer(Request.of(values, exchange.getRequestURI().getRawQuery(), route.parameters(), body));
        } catch (ProblemException e) {
            return problem(exchange, e);
        } catch (StoreUnavailableException e) {
            return problem(exchange, new ProblemException(503, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "no answer for " + exchange.getRequestURI(), e);
            return problem(exchange, new ProblemException(500, "the coordinator failed; its log says why"));
        }
    }

    private static Answer.Whole problem(HttpExchange exchange, ProblemException problem) throws IOException {
        return Answer.of(problem, exchange.getRequestURI().getRawPath());
    }

    /** A page of another site must not make a browser act here. */
    private static void requireSameOrigin(HttpExchange exchange) throws ProblemException {
        String origin = exchange.getRequestHeaders().getFirst("Origin");
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (origin != null && !origin.equals("http://" + host) && !origin.equals("https://" + host)) {
            throw new ProblemException(403, "requests from pages of " + origin + " are not answered");
        }
    }

    private Route route(HttpExchange exchange) throws ProblemException {
        String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
        String path = below(exchange);
        List<Route> fitting =
                routes.stream().filter(route -> matches(route, path)).toList();
        Optional<Route> route = fitting.stream()
                .filter(candidate -> candidate.method().equals(method))
                .findFirst();
        if (fitting.isEmpty()) {
            throw ProblemException.notFound("there is nothing at "
                    + exchange.getRequestURI().getRawPath() + "; " + PATH + OpenApi.TEMPLATE + " says what there is");
        } else if (route.isEmpty()) {
            TreeSet<String> allowed =
                    new TreeSet<>(fitting.stream().map(Route::method).toList());
            exchange.getResponseHeaders().set("Allow", String.join(", ", allowed));
            throw new ProblemException(405, "method must be " + String.join(" or ", allowed) + ", was " + method);
        }
        return route.get();
    }

    private static boolean matches(Route route, String path) {
        try {
            return route.match(path).isPresent();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String below(HttpExchange exchange) {
        String path = exchange.getRequestURI().getRawPath().substring(PATH.length());
        return path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static void send(HttpExchange exchange, Answer.Whole answer) throws IOException {
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        boolean isHead = exchange.getRequestMethod().equals("HEAD");
        int length = answer.body().length;
        exchange.sendResponseHeaders(answer.status(), isHead || length == 0 ? -1 : length);
        if (!isHead) {
            exchange.getResponseBody().write(answer.body());
        }
    }
}
