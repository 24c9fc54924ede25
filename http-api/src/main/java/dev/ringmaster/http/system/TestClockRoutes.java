package dev.ringmaster.http.system;

import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// `POST /api/v1/test/clock` `{"advance":"PT1H"}`: moves the installation's clock in the test
/// profile (SYS-008); elsewhere there is no such
/// address.
public final class TestClockRoutes {
    private static final Duration MOST = Duration.ofDays(3_660);

    private final Function<Duration, Instant> advance;

    /// @param advance moves the clock of all nodes, answers with the new time
    public TestClockRoutes(Function<Duration, Instant> advance) {
        this.advance = advance;
    }

    public List<Endpoint> endpoints() {
        return List.of(Endpoint.open("POST", "/api/v1/test/clock", this::move));
    }

    record Move(@Nullable String advance) {}

    private CompletionStage<HttpResponse> move(ApiRequest request) {
        var given = request.body(Move.class).advance();
        return Answers.now(Answers.ok(Map.of("now", advance.apply(duration(given)))));
    }

    private static Duration duration(@Nullable String text) {
        try {
            var duration = Duration.parse(text == null ? "" : text);
            if (!duration.isNegative() && duration.compareTo(MOST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException _) {
            // said below
        }
        throw Problem.invalid(
                "advance", "\"advance\" is a duration like PT1H, at most ten years; time never runs back.");
    }
}
