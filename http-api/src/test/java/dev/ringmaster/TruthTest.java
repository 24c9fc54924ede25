package dev.ringmaster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What the auditor shows to the outside of a running node.
class TruthTest {
    private static final String ADMIN = "admin@demo.example";
    private static final String DAVE = "dave@demo.example";

    private static JsonNode truth() {
        var answer = RunningNode.get("/api/v1/truth", RunningNode.token(ADMIN));
        assertThat(answer.status()).isEqualTo(200);
        return answer.json();
    }

    private static JsonNode truthOnce(Predicate<JsonNode> wanted) throws InterruptedException {
        var until = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        var truth = truth();
        while (!wanted.test(truth)) {
            assertThat(System.nanoTime()).as("%s", truth).isLessThan(until);
            Thread.sleep(100);
            truth = truth();
        }
        return truth;
    }

    @Test
    @Spec({"SYS-001", "SYS-003"})
    void an_agent_on_duty_is_compared_and_nothing_contradicts_her() throws Exception {
        try (var browser = Browser.hello(RunningNode.token(DAVE), Map.of("takeOver", true))) {
            browser.next("snapshot");
            browser.ask(UUID.randomUUID().toString(), "startWork", Map.of());

            var truth = truthOnce(t -> t.path("checked").asLong() > 3
                    && t.path("contradictions").isEmpty()
                    && !t.path("stale").asBoolean());
            assertThat(Instant.parse(truth.path("asOf").asText())).isAfter(Instant.parse(RunningNode.START));
            assertThat(truth.path("ageMs").asLong()).isBetween(0L, 3_000L);
            assertThat(RunningNode.get("/metrics", "").body())
                    .contains("ringmaster_truth_contradictions{kind=\"NOT_LIVE\"} 0")
                    .contains("ringmaster_truth_age_seconds ")
                    .containsPattern("ringmaster_truth_facts [1-9]");
            browser.ask(UUID.randomUUID().toString(), "offWork", Map.of());
        }
    }

    @Test
    @Spec({"SYS-001", "AGT-012"})
    void a_second_session_under_the_same_fence_is_found_shown_and_journaled_by_its_agent() throws Exception {
        try (var browser = Browser.hello(RunningNode.token(DAVE), Map.of("takeOver", true))) {
            var fence = browser.next("snapshot").at("/session/fence").asLong();
            var ledger = RunningNode.node().core().engine.truth().ledger();
            var instance = truthInstance();
            ledger.sits(new Ledger.Sitting("planted", "usr_demo_dave", instance, fence, () -> {}));
            try {
                var truth = truthOnce(
                        t -> t.path("contradictions").path(0).path("asked").asInt() > 0);
                var found = truth.path("contradictions").path(0);
                assertThat(found.path("kind").asText()).isEqualTo("SECOND_SESSION");
                assertThat(found.path("alarm").asBoolean()).isTrue();
                assertThat(found.path("ageMs").asLong()).isGreaterThan(5_000);
                assertThat(found.path("sides")).hasSize(2);
                assertThat(RunningNode.get("/metrics", "").body())
                        .contains("ringmaster_truth_contradictions{kind=\"SECOND_SESSION\"} 1");
            } finally {
                ledger.left("planted");
            }
            var truth = truthOnce(t -> t.path("contradictions").isEmpty());
            assertThat(truth.at("/healed/0/kind").asText()).isEqualTo("SECOND_SESSION");
        }
    }

    private static String truthInstance() {
        return RunningNode.get("/api/v1/me", RunningNode.token(ADMIN))
                .json()
                .at("/instance/id")
                .asText();
    }
}
