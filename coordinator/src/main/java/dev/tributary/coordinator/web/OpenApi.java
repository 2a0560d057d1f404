package dev.tributary.coordinator.web;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the API, for people and generators of clients. */
final class OpenApi {
    static final String TEMPLATE = "/openapi.json";

    private OpenApi() {}

    static Route route() {
        Object document = document();
        return Route.get(TEMPLATE, Set.of(), request -> Answer.of(document));
    }

    private static Object document() {
        try (InputStream yaml = OpenApi.class.getResourceAsStream("openapi.yaml")) {
            return new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
        } catch (IOException e) {
            throw new IllegalStateException("openapi.yaml must be in the jar", e);
        }
    }
}
