package dev.tributary.coordinator.web;

import com.fasterxml.jackson.jr.ob.JSON;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tributary.coordinator.engine.FederationStatus;
import dev.tributary.coordinator.registry.Device;
import dev.tributary.coordinator.store.FederationStore;
import dev.tributary.coordinator.store.ModelVersion;
import dev.tributary.coordinator.store.RoundRecord;
import dev.tributary.coordinator.store.StoreUnavailableException;
import dev.tributary.export.ModelExport;
import dev.tributary.export.ModelFormat;
import dev.tributary.model.Feature;
import dev.tributary.model.ModelSchema;
import dev.tributary.protocol.FederationSpec;
import dev.tributary.update.FederationId;
import dev.tributary.update.RoundId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Answers requests below {@link #PATH}; safe for use by many threads. */
public final class FederationsApi implements HttpHandler {
    /** Where the API is. */
    public static final String PATH = "/api/v1/federations";

    private static final int LIST_LIMIT = 100;
    private static final Duration ROLL_BACK_TIMEOUT = Duration.ofSeconds(10);

    private final FederationStore store;
    private final Function<FederationId, Optional<FederationStatus>> statuses;
    private final RollBack rollBack;

    /** An API over what the store holds; {@code statuses} knows the federations that run. */
    public FederationsApi(
            FederationStore store, Function<FederationId, Optional<FederationStatus>> statuses, RollBack rollBack) {
        this.store = store;
        this.statuses = statuses;
        this.rollBack = rollBack;
    }

    /** A request that cannot be answered as asked. */
    private static final class RefusedException extends Exception {
        private static final long serialVersionUID = 1L;
        private final int status;

        RefusedException(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            answer(exchange);
        } catch (RefusedException e) {
            sendJson(exchange, e.status, Map.of("error", e.getMessage()));
        } catch (StoreUnavailableException e) {
            sendJson(exchange, 503, Map.of("error", String.valueOf(e.getMessage())));
        }
    }

    private void answer(HttpExchange exchange) throws IOException, RefusedException {
        String path = exchange.getRequestURI().getPath();
        List<String> levels = Arrays.stream(path.substring(PATH.length()).split("/"))
                .filter(level -> !level.isEmpty())
                .toList();
        boolean isRollBack = levels.size() == 4
                && levels.get(1).equals("models")
                && levels.get(3).equals("roll-back");
        String method = isRollBack ? "POST" : "GET";
        if (!exchange.getRequestMethod().equals(method)) {
            exchange.getResponseHeaders().set("Allow", method);
            throw new RefusedException(405, "method must be " + method + ", was " + exchange.getRequestMethod());
        }
        if (levels.isEmpty()) {
            List<Map<String, Object>> all =
                    store.federations().stream().map(this::summary).toList();
            sendJson(exchange, 200, Map.of("federations", all));
            return;
        }
        FederationSpec spec = spec(levels.get(0));
        if (levels.size() == 1) {
            sendJson(exchange, 200, details(spec));
        } else if (levels.get(1).equals("models")) {
            models(exchange, spec, levels.subList(2, levels.size()), path);
        } else if (levels.get(1).equals("devices")) {
            devices(exchange, spec, levels.subList(2, levels.size()), path);
        } else {
            throw nothingAt(path);
        }
    }

    private static RefusedException nothingAt(String path) {
        return new RefusedException(404, "there is nothing at " + path);
    }

    private void models(HttpExchange exchange, FederationSpec spec, List<String> levels, String path)
            throws IOException, RefusedException {
        if (levels.isEmpty()) {
            List<Map<String, Object>> models = store.models(spec.federation(), LIST_LIMIT).stream()
                    .map(version -> model(spec, version))
                    .toList();
            sendJson(exchange, 200, Map.of("models", models));
            return;
        }
        ModelVersion version = version(spec.federation(), levels.get(0));
        if (levels.size() == 1) {
            String query = exchange.getRequestURI().getQuery();
            sendModel(exchange, spec.federation(), version, format(query));
        } else if (levels.size() == 2 && levels.get(1).equals("roll-back")) {
            sendJson(exchange, 200, Map.of("version", rolledBack(spec.federation(), version)));
        } else {
            throw nothingAt(path);
        }
    }

    private long rolledBack(FederationId federation, ModelVersion version) throws RefusedException {
        CompletableFuture<Long> number = rollBack.to(federation, version.model().version())
                .orElseThrow(() -> new RefusedException(409, "federation " + federation + " does not run here now"));
        try {
            return number.get(ROLL_BACK_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            boolean isRefused = e.getCause() instanceof IllegalArgumentException;
            throw new RefusedException(
                    isRefused ? 409 : 500, String.valueOf(e.getCause().getMessage()));
        } catch (TimeoutException e) {
            throw new RefusedException(503, "the federation is too busy, or its database cannot be used; ask again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RefusedException(503, "the coordinator stops");
        }
    }

    private void devices(HttpExchange exchange, FederationSpec spec, List<String> levels, String path)
            throws IOException, RefusedException {
        List<Device> devices = store.devices(spec.federation());
        if (levels.isEmpty()) {
            sendJson(
                    exchange,
                    200,
                    Map.of("devices", devices.stream().map(DeviceJson::device).toList()));
            return;
        } else if (levels.size() > 1) {
            throw nothingAt(path);
        }
        Device device = devices.stream()
                .filter(one -> one.id().value().equals(levels.get(0)))
                .findFirst()
                .orElseThrow(() -> new RefusedException(
                        404, "federation " + spec.federation() + " knows no device " + levels.get(0)));
        sendJson(exchange, 200, DeviceJson.device(device, store.roundsOf(spec.federation(), device.id(), LIST_LIMIT)));
    }

    private FederationSpec spec(String name) throws RefusedException {
        Optional<FederationSpec> spec;
        try {
            spec = store.spec(new FederationId(name));
        } catch (IllegalArgumentException e) {
            throw new RefusedException(400, String.valueOf(e.getMessage()));
        }
        if (spec.isEmpty()) {
            throw new RefusedException(404, "there is no federation " + name + "; there are " + store.federations());
        }
        return spec.get();
    }

    private ModelVersion version(FederationId federation, String text) throws RefusedException {
        Optional<ModelVersion> version;
        if (text.equals("latest")) {
            version = store.latestModel(federation);
        } else {
            try {
                version = store.model(federation, Long.parseLong(text));
            } catch (NumberFormatException e) {
                throw new RefusedException(400, "version must be a number or latest, was " + text);
            }
        }
        if (version.isEmpty()) {
            Optional<ModelVersion> latest = store.latestModel(federation);
            throw new RefusedException(
                    404,
                    latest.isEmpty()
                            ? "federation " + federation + " has no model yet"
                            : "federation " + federation + " has no version " + text + "; the newest is "
                                    + latest.get().model().version());
        }
        return version.get();
    }

    private static ModelFormat format(String query) throws RefusedException {
        String word = "json";
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith("format=")) {
                word = parameter.substring("format=".length());
            } else {
                throw new RefusedException(400, "unknown parameter " + parameter + "; there is format");
            }
        }
        for (ModelFormat format : ModelFormat.values()) {
            if (word(format).equals(word)) {
                return format;
            }
        }
        throw new RefusedException(400, "format must be tribuo, onnx or json, was " + word);
    }

    private Map<String, Object> summary(FederationId federation) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("federation", federation.value());
        store.spec(federation)
                .ifPresent(spec -> json.put("task", spec.schema().task().name()));
        json.put(
                "modelVersion",
                store.latestModel(federation)
                        .map(latest -> latest.model().version())
                        .orElse(null));
        statuses.apply(federation).ifPresent(status -> {
            json.put("stage", status.stage());
            json.put("step", status.step());
            json.put("round", status.round());
            json.put("attempt", status.attempt());
            json.put("trainRounds", status.trainRounds());
            json.put("updatesWaiting", status.buffered());
            json.put("devicesOnline", status.online());
            json.put("devicesKnown", status.known());
        });
        return json;
    }

    private Map<String, Object> details(FederationSpec spec) {
        ModelSchema schema = spec.schema();
        Map<String, Object> json = summary(spec.federation());
        json.put("schemaRevision", schema.revision());
        json.put("fingerprint", schema.fingerprint().toString());
        json.put("features", schema.features().stream().map(Feature::name).toList());
        json.put("outputs", schema.outputs());
        store.latestModel(spec.federation())
                .ifPresent(latest -> json.putAll(EvaluationJson.roles(
                        schema,
                        store.evaluation(spec.federation(), latest.model().version()))));
        json.put(
                "rounds",
                store.rounds(spec.federation(), LIST_LIMIT).stream()
                        .map(FederationsApi::round)
                        .toList());
        return json;
    }

    private static Map<String, Object> round(RoundRecord round) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("round", round.id().number());
        json.put("attempt", round.id().attempt());
        json.put("kind", round.kind().name());
        json.put("baseVersion", round.baseVersion());
        json.put("outcome", round.committed() ? "COMMITTED" : "ABANDONED");
        json.put("reason", round.reason());
        json.put("contributors", round.contributors().size());
        json.put("selected", round.selected());
        json.put("openedAt", round.openedAt().toString());
        json.put("closedAt", round.closedAt().toString());
        return json;
    }

    private Map<String, Object> model(FederationSpec spec, ModelVersion version) {
        Map<String, Object> json = new LinkedHashMap<>();
        long number = version.model().version();
        json.put("version", number);
        json.put(
                "baseVersion",
                version.baseVersion().isPresent() ? version.baseVersion().getAsLong() : null);
        json.put(
                "restoredFrom",
                version.restoredFrom().isPresent() ? version.restoredFrom().getAsLong() : null);
        json.put("round", version.round().map(RoundId::number).orElse(null));
        json.put("committedAt", version.committedAt().toString());
        json.putAll(EvaluationJson.roles(spec.schema(), store.evaluation(spec.federation(), number)));
        return json;
    }

    private static void sendModel(
            HttpExchange exchange, FederationId federation, ModelVersion version, ModelFormat format)
            throws IOException, RefusedException {
        Optional<String> refusal = ModelExport.refusal(version.model().schema(), format);
        if (refusal.isPresent()) {
            throw new RefusedException(409, refusal.get());
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ModelExport.write(version.model(), format, bytes);
        String name = federation + "-" + version.model().version() + "." + word(format);
        exchange.getResponseHeaders().set("Content-Disposition", "attachment; filename=\"" + name + "\"");
        exchange.getResponseHeaders()
                .set("Tributary-Model-Version", Long.toString(version.model().version()));
        send(
                exchange,
                200,
                format == ModelFormat.JSON ? "application/json" : "application/octet-stream",
                bytes.toByteArray());
    }

    private static void sendJson(HttpExchange exchange, int status, Object json) throws IOException {
        byte[] body =
                JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(json).getBytes(StandardCharsets.UTF_8);
        send(exchange, status, "application/json; charset=utf-8", body);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private static String word(ModelFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }
}
