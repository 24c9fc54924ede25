package dev.ringmaster;

import static dev.ringmaster.RunningNode.get;
import static dev.ringmaster.RunningNode.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Endpoint.Access;
import dev.ringmaster.persistence.identity.Right;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The API's own description, held against the table that really runs and against what it answers.
class OpenApiTest {
    private static final JsonNode DOCUMENT = get("/api/v1/openapi.json", "").json();

    @Test
    void every_endpoint_is_described_and_every_description_has_its_endpoint() {
        var described = new TreeMap<String, String>();
        DOCUMENT.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    var operation = method.getValue();
                    described.put(
                            method.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                            operation.path("security").isEmpty()
                                    ? "open"
                                    : "login " + operation.path("x-right").asText(""));
                    assertThat(operation.path("operationId").asText()).isNotEmpty();
                }));
        var running = new TreeMap<String, String>();
        for (var endpoint : RunningNode.node().core().table()) {
            running.put(endpoint.method() + " " + endpoint.path(), access(endpoint));
        }
        assertThat(described).isEqualTo(running);
        assertThat(DOCUMENT.path("openapi").asText()).startsWith("3.1");
    }

    private static String access(Endpoint endpoint) {
        return endpoint.access() == Access.OPEN
                ? "open"
                : "login " + endpoint.right().map(Right::code).orElse("");
    }

    @Test
    void what_is_answered_has_the_form_that_is_described() throws Exception {
        var call = RoutesTest.finishedCall("usr_demo_alice", "13930000000", true);
        for (var path : List.of(
                "/api/v1/me",
                "/api/v1/me/callers",
                "/api/v1/calls",
                "/api/v1/calls/{callId}",
                "/api/v1/track?number=13930000000",
                "/api/v1/queue",
                "/api/v1/system",
                "/api/v1/instances/{address}",
                "/api/v1/truth",
                "/health/ready")) {
            var template = path.replaceAll("\\?.*", "");
            var schema =
                    DOCUMENT.path("paths").path(template).at("/get/responses/200/content/application~1json/schema");
            assertThat(schema.isMissingNode()).as(path).isFalse();
            var answer = get(path.replace("{callId}", call).replace("{address}", "demo"), token("admin@demo.example"));
            assertThat(answer.status()).as(path).isEqualTo(200);
            var faults = new ArrayList<String>();
            check(schema, answer.json(), template, faults);
            assertThat(faults).isEmpty();
        }
        var faults = new ArrayList<String>();
        check(DOCUMENT.at("/components/schemas/Problem"), get("/api/v1/me", "").json(), "problem", faults);
        assertThat(faults).isEmpty();
    }

    /// As much of JSON Schema as the document uses.
    private static void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
        if (schema.has("$ref")) {
            check(DOCUMENT.at(schema.path("$ref").asText().substring(1)), value, at, faults);
            return;
        }
        if (schema.has("anyOf")) {
            for (var one : schema.path("anyOf")) {
                var tried = new ArrayList<String>();
                check(one, value, at, tried);
                if (tried.isEmpty()) {
                    return;
                }
            }
            faults.add(at + " fits none: " + value);
            return;
        }
        var types = new ArrayList<String>();
        if (schema.path("type").isArray()) {
            schema.path("type").forEach(type -> types.add(type.asText()));
        } else {
            types.add(schema.path("type").asText());
        }
        if (!types.contains(type(value))) {
            faults.add(at + " is " + type(value) + ", not " + types);
            return;
        }
        if (schema.has("enum")
                && !value.isNull()
                && !schema.path("enum").toString().contains(value.toString())) {
            faults.add(at + " is " + value);
        }
        if (value.isArray()) {
            value.forEach(item -> check(schema.path("items"), item, at + "[]", faults));
        }
        if (value.isObject() && schema.has("properties")) {
            schema.path("required").forEach(name -> {
                if (!value.has(name.asText())) {
                    faults.add(at + "." + name.asText() + " is missing");
                }
            });
            value.properties().forEach(field -> {
                var known = schema.path("properties").path(field.getKey());
                if (known.isMissingNode()) {
                    faults.add(at + "." + field.getKey() + " is not described");
                } else {
                    check(known, field.getValue(), at + "." + field.getKey(), faults);
                }
            });
        }
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> "nothing";
        };
    }
}
