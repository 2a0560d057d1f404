package dev.tributary.coordinator.web;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.engine.FederationListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Passes events on to the clients that listen, as server-sent events (WHATWG HTML, section 9.2); safe for use by many
 * threads, none of which waits for a client.
 *
 * <p>A client that does not keep up is cut off and finds by itself, when it comes again, what it missed: events say that
 * something changed, the resources say what is.
 */
public final class EventStream implements FederationListener, AutoCloseable {
    static final int MOST_CLIENTS = 32;
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();

    @Override
    public void on(FederationEvent event) {
        if (clients.isEmpty()) {
            return;
        }
        EventJson.of(event).ifPresent(json -> {
            String federation = event.federation().value();
            String text = text(json);
            clients.stream()
                    .filter(client -> client.federation().equals(federation))
                    .forEach(client -> client.send(text));
        });
    }

    private static String text(Map<String, Object> json) {
        try {
            return "event: " + json.get("event") + "\ndata: "
                    + JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json) + "\n\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes a client, and ends its exchange when it goes away; false when there are too many. */
    boolean open(HttpExchange exchange, String federation) throws IOException {
        EventClient client = new EventClient(exchange, federation, HEARTBEAT, clients::remove);
        synchronized (clients) {
            if (clients.size() >= MOST_CLIENTS) {
                return false;
            }
            clients.add(client);
        }
        client.start();
        return true;
    }

    /** How many clients listen. */
    int clients() {
        return clients.size();
    }

    /** Lets all clients go. */
    @Override
    public void close() {
        clients.forEach(EventClient::close);
    }
}
