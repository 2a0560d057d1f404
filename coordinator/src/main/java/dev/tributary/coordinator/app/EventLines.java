package dev.tributary.coordinator.app;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.tributary.coordinator.engine.FederationEvent;
import dev.tributary.coordinator.engine.FederationListener;
import dev.tributary.coordinator.web.EventJson;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes one JSON object per line for each event that another process follows; safe for use by many threads. */
final class EventLines implements FederationListener {
    private final PrintStream out;

    EventLines(PrintStream out) {
        this.out = out;
    }

    /** The process works and answers at this address. */
    void ready(URI http) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("event", "ready");
        json.put("http", http.toString());
        write(json);
    }

    @Override
    public void on(FederationEvent event) {
        EventJson.of(event).ifPresent(this::write);
    }

    private void write(Map<String, Object> json) {
        try {
            String line = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json);
            synchronized (out) {
                out.println(line);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
