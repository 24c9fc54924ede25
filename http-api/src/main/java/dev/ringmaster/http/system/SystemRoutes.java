package dev.ringmaster.http.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `/api/v1/system`: which telephone is active (SYS-007); `/api/v1/openapi.json`: the API's own description.
public final class SystemRoutes {
    private final State state;

    /// @param carrierUrl page of the simulated carrier while it runs
    public record State(String version, String node, Supplier<Optional<String>> carrierUrl) {}

    public SystemRoutes(State state) {
        this.state = state;
    }

    public List<Endpoint> endpoints() {
        var document = openApi();
        return List.of(
                Endpoint.loggedIn("GET", "/api/v1/system", _ -> Answers.now(Answers.ok(system()))),
                Endpoint.open("GET", "/api/v1/openapi.json", _ -> Answers.now(Answers.ok(document))));
    }

    private Object system() {
        var carrier = state.carrierUrl().get();
        var telephony = new LinkedHashMap<String, @Nullable Object>();
        telephony.put("active", "sip");
        telephony.put("simulatedCarrier", carrier.isPresent());
        telephony.put("carrierUrl", carrier.orElse(null));
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("telephony", telephony);
        json.put("version", state.version());
        json.put("node", state.node());
        return json;
    }

    static JsonNode openApi() {
        try (var in = SystemRoutes.class.getResourceAsStream("/openapi.json")) {
            if (in == null) {
                throw new IllegalStateException("openapi.json is not on the class path");
            }
            return Json.MAPPER.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
