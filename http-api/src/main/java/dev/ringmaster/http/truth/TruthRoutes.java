package dev.ringmaster.http.truth;

import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.persistence.identity.Right;
import dev.ringmaster.runtime.truth.TruthBoard;
import dev.ringmaster.runtime.wire.TruthMessage;
import dev.ringmaster.truth.Contradiction;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// `/api/v1/truth`: what the auditor has found in the caller's instance, and how old its word is.
public final class TruthRoutes {
    /// The auditor looks every second; older than this it is silent.
    private static final Duration STALE_AFTER = Duration.ofSeconds(3);

    private final TruthBoard board;

    public TruthRoutes(TruthBoard board) {
        this.board = board;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.needs(Right.SYSTEM, "GET", "/api/v1/truth", this::truth));
    }

    private CompletionStage<HttpResponse> truth(ApiRequest request) {
        var instance = request.caller().instanceId();
        return Answers.now(
                Answers.ok(board.shown().map(shown -> json(shown, instance)).orElseGet(TruthRoutes::nothingYet)));
    }

    private static Map<String, @Nullable Object> nothingYet() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("checked", 0);
        json.put("contradictions", List.of());
        json.put("healed", List.of());
        json.put("asOf", null);
        json.put("ageMs", null);
        json.put("stale", true);
        return json;
    }

    private static Map<String, @Nullable Object> json(TruthBoard.Shown shown, String instance) {
        var report = shown.report();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("checked", report.compared().getOrDefault(instance, 0L));
        json.put(
                "contradictions",
                report.standing().stream()
                        .filter(s -> s.contradiction().instanceId().equals(instance))
                        .map(s -> standing(s, shown.age()))
                        .toList());
        json.put(
                "healed",
                report.healed().stream()
                        .filter(h -> h.contradiction().instanceId().equals(instance))
                        .map(TruthRoutes::healed)
                        .toList());
        json.put("asOf", report.asOf());
        json.put("ageMs", shown.age().toMillis());
        json.put("stale", shown.age().compareTo(STALE_AFTER) > 0);
        return json;
    }

    private static Map<String, Object> standing(TruthMessage.Standing standing, Duration since) {
        var found = standing.contradiction();
        var json = sides(found);
        json.put("ageMs", found.age().plus(since).toMillis());
        json.put("alarm", found.alarming());
        json.put("asked", standing.asked());
        return json;
    }

    private static Map<String, Object> healed(TruthMessage.Healed healed) {
        var json = sides(healed.contradiction());
        json.put("stoodMs", healed.contradiction().age().toMillis());
        json.put("at", healed.at());
        return json;
    }

    private static Map<String, Object> sides(Contradiction found) {
        var json = new LinkedHashMap<String, Object>();
        json.put("kind", found.doubt().kind().name());
        json.put("owner", found.owner().kind().name());
        json.put("ownerId", found.owner().id());
        json.put("about", found.doubt().about());
        json.put("sides", List.of(side(found.one()), side(found.other())));
        return json;
    }

    private static Map<String, Object> side(Contradiction.Side side) {
        var json = new LinkedHashMap<String, Object>();
        json.put("who", side.who());
        json.put("seq", side.seq());
        json.put("says", side.says());
        return json;
    }
}
