package dev.ringmaster.http.system;

import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.Endpoint;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/health/live`, `/health/ready`, `/metrics`: for machines that look after the node; the only
/// doors of a node without the role api.
public final class HealthRoutes {
    private final Supplier<List<String>> missing;
    private final Metrics metrics;

    /// @param missing what the node still lacks before it can take calls, one sentence each
    public HealthRoutes(Supplier<List<String>> missing, Metrics metrics) {
        this.missing = missing;
        this.metrics = metrics;
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open("GET", "/health/live", _ -> Answers.now(Answers.ok(Map.of("live", true)))),
                Endpoint.open("GET", "/health/ready", _ -> Answers.now(ready())),
                Endpoint.open("GET", "/metrics", _ -> Answers.now(figures())));
    }

    private HttpResponse ready() {
        var lacking = missing.get();
        return Answers.json(lacking.isEmpty() ? 200 : 503, Map.of("ready", lacking.isEmpty(), "missing", lacking));
    }

    private HttpResponse figures() {
        return HttpResponse.create()
                .withEntity(HttpEntities.create(
                        ContentTypes.parse("text/plain; version=0.0.4; charset=utf-8"),
                        metrics.text().getBytes(StandardCharsets.UTF_8)));
    }
}
