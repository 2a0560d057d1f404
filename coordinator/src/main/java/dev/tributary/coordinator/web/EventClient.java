package dev.tributary.coordinator.web;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One client that listens to events, with a thread that writes to it. */
final class EventClient implements AutoCloseable {
    private static final int MOST_WAITING = 256;
    /** A comment, for proxies and to notice that a client is gone. */
    private static final String BEAT = ":\n\n";

    private static final String BEGIN = "retry: 2000\n:\n\n";

    private final HttpExchange exchange;
    private final String federation;
    private final Duration heartbeat;
    private final Consumer<EventClient> whenGone;
    private final BlockingQueue<String> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
    private final Thread thread;

    EventClient(HttpExchange exchange, String federation, Duration heartbeat, Consumer<EventClient> whenGone) {
        this.exchange = exchange;
        this.federation = federation;
        this.heartbeat = heartbeat;
        this.whenGone = whenGone;
        this.thread = new Thread(this::write, "events-" + federation);
        thread.setDaemon(true);
    }

    String federation() {
        return federation;
    }

    /** Begins to write. */
    void start() {
        thread.start();
    }

    /** Sends this text, or gives the client up that has not taken the last ones. */
    void send(String text) {
        if (!waiting.offer(text)) {
            close();
        }
    }

    private void write() {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream; charset=utf-8");
            exchange.getResponseHeaders().set("Cache-Control", "no-store");
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            String text = BEGIN;
            while (true) {
                out.write(text.getBytes(StandardCharsets.UTF_8));
                out.flush();
                String next = waiting.poll(heartbeat.toMillis(), TimeUnit.MILLISECONDS);
                text = next == null ? BEAT : next;
            }
        } catch (IOException e) {
            // The client went away, which is how listening ends.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            whenGone.accept(this);
        }
    }

    /** Lets the client go. */
    @Override
    public void close() {
        whenGone.accept(this);
        thread.interrupt();
    }
}
