package dev.ringmaster.http.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.http.web.Json;
import dev.ringmaster.http.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a browser says over the live socket (`docs/live-protocol.md`).
sealed interface ClientMessage {
    /// Ids become part of call ids and journal keys.
    Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    int MAX_SDP_CHARS = 32_000;

    record Hello(String token, String instance, Optional<String> resumeToken, boolean takeOver, boolean listenOnly)
            implements ClientMessage {
        @Override
        public String toString() {
            return "Hello(" + instance + ")";
        }
    }

    record Command(String id, String name, JsonNode args) implements ClientMessage {}

    record Line(String id, String sdp) implements ClientMessage {}

    record Snapshot() implements ClientMessage {}

    record Alive() implements ClientMessage {}

    record Bye() implements ClientMessage {}

    /// @throws Problem saying what is wrong with it
    static ClientMessage parse(String text) {
        var json = Json.object(text.getBytes(StandardCharsets.UTF_8));
        return switch (text(json, "type", 20)) {
            case "hello" ->
                new Hello(
                        text(json, "token", 512),
                        text(json, "instance", 100),
                        json.path("resume").isObject()
                                ? Optional.of(text(json.path("resume"), "token", 100))
                                : Optional.empty(),
                        json.path("takeOver").asBoolean(false),
                        json.path("listenOnly").asBoolean(false));
            case "command" -> new Command(id(json), text(json, "name", 40), json.path("args"));
            case "line" -> new Line(id(json), text(json, "sdp", MAX_SDP_CHARS));
            case "snapshot" -> new Snapshot();
            case "alive" -> new Alive();
            case "bye" -> new Bye();
            default -> throw Problem.invalid("type", "There is no such message.");
        };
    }

    private static String id(JsonNode json) {
        var id = text(json, "id", 64);
        if (!ID.matcher(id).matches()) {
            throw Problem.invalid("id", "\"id\" has 1 to 64 letters, digits, - or _.");
        }
        return id;
    }

    private static String text(JsonNode json, String field, int maxLength) {
        var value = json.path(field);
        if (!value.isTextual() || value.textValue().length() > maxLength) {
            throw Problem.invalid(field, "\"" + field + "\" is a text of at most " + maxLength + " characters.");
        }
        return value.textValue();
    }
}
