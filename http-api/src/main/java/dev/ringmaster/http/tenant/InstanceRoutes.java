package dev.ringmaster.http.tenant;

import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.tenant.Instances;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// `/api/v1/instances/{address}`: the name above the login form.
public final class InstanceRoutes {
    private final Instances instances;

    public InstanceRoutes(Instances instances) {
        this.instances = instances;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.open("GET", "/api/v1/instances/{address}", this::instance));
    }

    private CompletionStage<HttpResponse> instance(ApiRequest request) {
        var instance = instances.named(request.path("address")).orElseThrow(Problem::notFound);
        return Answers.now(
                Answers.ok(Map.of("id", instance.id(), "address", instance.address(), "name", instance.name())));
    }
}
