package dev.tributary.process;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * A process's HTTP server: {@code /metrics} in Prometheus' text format, {@code /health/live}, {@code /health/ready}, and
 * the routes that are added. Handlers run on two threads of the server.
 */
public final class ManagementServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ManagementServer.class.getName());
    private static final int THREADS = 2;

    private final String host;
    private final HttpServer server;
    private final ExecutorService threads;

    /**
     * Listens on {@code host:port}, on a free port for 0, and answers from {@link #start} on.
     *
     * @param trouble why the process cannot do its work now; empty when it can
     * @throws IOException with a message for the user when the address cannot be taken
     */
    public ManagementServer(String host, int port, PrometheusMeterRegistry registry, Supplier<Optional<String>> trouble)
            throws IOException {
        this.host = host;
        this.server = bind(host, port);
        this.threads = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "http-" + port());
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        get("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            send(exchange, 200, registry.scrape());
        });
        get("/health/live", exchange -> text(exchange, 200, "live\n"));
        get("/health/ready", exchange -> {
            Optional<String> reason = trouble.get();
            text(
                    exchange,
                    reason.isEmpty() ? 200 : 503,
                    reason.map(why -> "not ready: " + why + "\n").orElse("ready\n"));
        });
    }

    /** The trouble of a process whose one need is its connection to the broker. */
    public static Supplier<Optional<String>> unless(BooleanSupplier connected) {
        return () -> connected.getAsBoolean() ? Optional.empty() : Optional.of("there is no connection to the broker");
    }

    private static HttpServer bind(String host, int port) throws IOException {
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("http host " + host + " is not known; choose another with http.host");
        }
        try {
            return HttpServer.create(address, 0);
        } catch (BindException e) {
            String reason = String.valueOf(e.getMessage());
            throw new IOException(
                    reason.contains("in use")
                            ? "http port " + port + " on " + host + " is in use; choose another with http.port"
                            : "cannot listen for http on " + host + ":" + port + ": " + reason,
                    e);
        }
    }

    /** Begins to answer. */
    public void start() {
        server.start();
    }

    /** The port that it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Where it is reached. */
    public URI uri() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + port());
    }

    /**
     * Gives every request whose path begins with {@code path} to {@code handler}, the longest such path first; a handler
     * that throws before it answers is answered for with 500.
     */
    public void route(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            try {
                answer(exchange, handler);
            } finally {
                exchange.close();
            }
        });
    }

    /** As {@link #route}, but the handler ends the exchange, which it may do later, from another thread. */
    public void routeOpen(String path, HttpHandler handler) {
        server.createContext(path, exchange -> answer(exchange, handler));
    }

    private static void answer(HttpExchange exchange, HttpHandler handler) throws IOException {
        try {
            handler.handle(exchange);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a client went away during " + exchange.getRequestURI(), e);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "no answer for " + exchange.getRequestURI(), e);
            if (exchange.getResponseCode() < 0) {
                text(exchange, 500, "internal error\n");
            }
        }
    }

    private void get(String path, HttpHandler handler) {
        route(path, exchange -> {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(path)) {
                text(exchange, 404, "not found\n");
            } else if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                text(exchange, 405, "only GET\n");
            } else {
                handler.handle(exchange);
            }
        });
    }

    private static void text(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        send(exchange, status, body);
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
        if (!head) {
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Stops at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
