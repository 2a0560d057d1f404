package dev.tributary.coordinator.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The OpenAPI document as it is served, which responses are held against. */
final class OpenApiDocument {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode document;

    OpenApiDocument(String json) throws IOException {
        this.document = MAPPER.readTree(json);
    }

    /** Each method and path template. */
    Set<String> operations() {
        Set<String> operations = new TreeSet<>();
        for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
            for (Map.Entry<String, JsonNode> member : path.getValue().properties()) {
                if (METHODS.contains(member.getKey())) {
                    operations.add(member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }
        return operations;
    }

    /** The names of the parameters of this kind, path or query, of an operation. */
    Set<String> parameters(String method, String template, String in) {
        JsonNode path = document.get("paths").get(template);
        Set<String> names = new TreeSet<>();
        for (JsonNode list :
                List.of(path.path("parameters"), operation(method, template).path("parameters"))) {
            for (JsonNode parameter : list) {
                JsonNode resolved = resolved(parameter);
                if (resolved.get("in").asText().equals(in)) {
                    names.add(resolved.get("name").asText());
                }
            }
        }
        return names;
    }

    /** The response is as the document has it; what answers no documented path must be a problem. */
    void check(String method, String path, HttpResponse<String> response) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        JsonNode schema = schema(method, path, response.statusCode(), type);
        ObjectNode root = MAPPER.createObjectNode();
        root.put("$ref", "#/$defs/wanted");
        root.set("$defs", MAPPER.createObjectNode().set("wanted", schema));
        root.set("components", document.get("components"));
        if (type.endsWith("json")) {
            assertThat(JsonSchemaFactory.getInstance(VersionFlag.V202012)
                            .getSchema(root, SchemaValidatorsConfig.builder().build())
                            .validate(
                                    MAPPER.readTree(response.body()),
                                    context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
                    .as("%s %s answered %s", method, path, response.body())
                    .isEmpty();
        }
    }

    private JsonNode schema(String method, String path, int status, String type) {
        Optional<String> template = operations().stream()
                .filter(operation -> operation.startsWith(method + " "))
                .map(operation -> operation.substring(method.length() + 1))
                .filter(candidate -> path.replaceAll("/?([?].*)?$", "").matches(pattern(candidate)))
                .findFirst();
        if (template.isEmpty()) {
            assertThat(type).isEqualTo("application/problem+json");
            return document.at("/components/schemas/Problem");
        }
        JsonNode responses = operation(method, template.get()).get("responses");
        JsonNode response = resolved(
                responses.path(Integer.toString(status)).isMissingNode()
                        ? responses.get("default")
                        : responses.get(Integer.toString(status)));
        assertThat(response.get("content").properties().stream()
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()))
                .as("%s %s, status %s", method, path, status)
                .contains(type);
        return response.get("content").get(type).get("schema");
    }

    private static String pattern(String template) {
        return template.replaceAll("\\{[a-z]+}", "[^/]+").replace(".", "\\.");
    }

    private JsonNode operation(String method, String template) {
        return document.get("paths").get(template).get(method.toLowerCase(Locale.ROOT));
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }
}
