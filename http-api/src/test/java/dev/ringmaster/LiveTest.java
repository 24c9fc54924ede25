package dev.ringmaster;

import static dev.ringmaster.RunningNode.token;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The live socket of a running node, by `docs/live-protocol.md`.
@Spec("SYS-006")
class LiveTest {
    private static final String BOB = "bob@demo.example";
    private static final String CAROL = "carol@demo.example";
    private static final String ADMIN = "admin@demo.example";

    private final List<Browser> browsers = new ArrayList<>();

    @AfterEach
    void close() {
        browsers.forEach(Browser::close);
    }

    private Browser hello(String login, Map<String, Object> fields) {
        return opened(Browser.hello(token(login), fields));
    }

    private Browser opened(Browser browser) {
        browsers.add(browser);
        return browser;
    }

    @Test
    void who_says_no_hello_in_five_seconds_is_sent_away() {
        var browser = opened(new Browser());
        var start = System.nanoTime();
        assertThat(browser.next("refused").path("code").asText()).isEqualTo("AUTH");
        browser.untilClosed(Duration.ofSeconds(3));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isBetween(Duration.ofMillis(4_500), Duration.ofSeconds(9));
    }

    @Test
    @Spec("SYS-012")
    void a_wrong_token_another_instance_or_another_first_message_opens_nothing() {
        for (var browser : List.of(
                Browser.hello("nonsense", Map.of()), Browser.hello(token(BOB), Map.of("instance", "nowhere")))) {
            assertThat(opened(browser).next("refused").path("code").asText()).isEqualTo("AUTH");
            browser.untilClosed(Duration.ofSeconds(5));
        }
        var impatient = opened(new Browser());
        impatient.command("1", "startWork", Map.of());
        assertThat(impatient.next("refused").path("code").asText()).isEqualTo("MalformedRequest");
        impatient.untilClosed(Duration.ofSeconds(5));
    }

    @Test
    @Spec({"AGT-002", "AGT-005"})
    void a_fresh_login_is_off_duty_and_may_not_dial() {
        var browser = hello(CAROL, Map.of());
        var snapshot = browser.next("snapshot");
        assertThat(snapshot.at("/agent/state").asText()).isEqualTo("OFF");
        assertThat(snapshot.at("/me/login").asText()).isEqualTo(CAROL);
        assertThat(snapshot.at("/session/fence").asLong()).isPositive();
        assertThat(snapshot.path("ice").isObject()).isTrue();
        assertThat(Instant.parse(snapshot.path("now").asText())).isAfter(Instant.parse(RunningNode.START));
        assertThat(snapshot.at("/agent/actions").toString()).isEqualTo("[\"startWork\"]");

        var refused = browser.ask("c1", "call", Map.of("number", "13800138000", "source", "dialPad"));
        assertThat(refused.path("type").asText()).isEqualTo("refused");
        assertThat(refused.path("code").asText()).isEqualTo("AgentOffDuty");
    }

    @Test
    @Spec("AGT-003")
    void without_a_group_there_is_no_duty() {
        var browser = hello(ADMIN, Map.of());
        browser.next("snapshot");
        assertThat(browser.ask("s1", "startWork", Map.of()).path("code").asText())
                .isEqualTo("NoSkillGroup");
    }

    @Test
    @Spec("AGT-015")
    void every_change_is_numbered_and_says_which_came_before() {
        var browser = hello(BOB, Map.of("takeOver", true));
        var seq = browser.next("snapshot").path("seq").asLong();
        for (var name : List.of("startWork", "offWork", "startWork", "offWork")) {
            browser.command(UUID.randomUUID().toString(), name, Map.of());
            var state = name.equals("startWork") ? "IDLE" : "OFF";
            JsonNode change;
            do {
                change = browser.next(m -> m.path("of").asText().equals("agent"));
                assertThat(change.path("from").asLong()).isEqualTo(seq);
                seq = change.path("seq").asLong();
            } while (!change.at("/agent/state").asText().equals(state));
        }
        browser.say(Map.of("type", "snapshot"));
        assertThat(browser.next("snapshot").path("seq").asLong()).isEqualTo(seq);
        assertThat(browser.next("alive").path("seq").asLong()).isEqualTo(seq);
    }

    @Test
    void the_same_command_again_gets_the_same_answer_and_is_done_once() {
        var browser = hello(BOB, Map.of("takeOver", true));
        browser.next("snapshot");
        var id = UUID.randomUUID().toString();
        assertThat(browser.ask(id, "startWork", Map.of()).path("type").asText()).isEqualTo("done");
        assertThat(browser.ask(UUID.randomUUID().toString(), "break", Map.of("reason", "meal"))
                        .path("type")
                        .asText())
                .isEqualTo("done");
        assertThat(browser.ask(id, "startWork", Map.of()).path("type").asText()).isEqualTo("done");
        browser.say(Map.of("type", "snapshot"));
        var agent = browser.next("snapshot").path("agent");
        assertThat(agent.path("state").asText()).isEqualTo("BREAK");
        assertThat(agent.path("reason").asText()).isEqualTo("meal");
        browser.ask(UUID.randomUUID().toString(), "offWork", Map.of());
    }

    @Test
    void an_argument_at_fault_is_named_and_the_socket_stays() {
        var browser = hello(BOB, Map.of("takeOver", true));
        browser.next("snapshot");
        assertThat(browser.ask("b1", "break", Map.of("reason", "nap"))
                        .path("field")
                        .asText())
                .isEqualTo("reason");
        assertThat(browser.ask("b2", "nonsense", Map.of()).path("field").asText())
                .isEqualTo("name");
        assertThat(browser.ask("b3", "sendDtmf", Map.of("callId", "x", "digits", "12x"))
                        .path("field")
                        .asText())
                .isEqualTo("digits");
        assertThat(browser.ask("b4", "call", Map.of("number", "call me"))
                        .path("code")
                        .asText())
                .isEqualTo("InvalidNumber");
        browser.sayText("{not json");
        assertThat(browser.next("refused").path("code").asText()).isEqualTo("MalformedRequest");
        assertThat(browser.isClosed()).isFalse();
    }

    @Test
    @Spec("AGT-032")
    void a_number_that_is_not_hers_is_refused() {
        var browser = hello(BOB, Map.of("takeOver", true));
        browser.next("snapshot");
        var refused = browser.ask(
                UUID.randomUUID().toString(),
                "call",
                Map.of("number", "13800138000", "callerId", "4001000001", "source", "api"));
        assertThat(refused.path("code").asText()).isEqualTo("CallerNotAllowed");
    }

    @Test
    @Spec("AGT-012")
    void the_newer_browser_wins_and_the_older_is_told() {
        var first = hello(CAROL, Map.of("takeOver", true));
        var fence = first.next("snapshot").at("/session/fence").asLong();

        var second = hello(CAROL, Map.of("takeOver", true));

        assertThat(first.next("superseded").path("message").asText()).isNotEmpty();
        first.untilClosed(Duration.ofSeconds(2));
        assertThat(second.next("snapshot").at("/session/fence").asLong()).isGreaterThan(fence);
        assertThat(second.ask(UUID.randomUUID().toString(), "startWork", Map.of())
                        .path("type")
                        .asText())
                .isEqualTo("done");
        second.ask(UUID.randomUUID().toString(), "offWork", Map.of());
    }

    @Test
    @Spec("AGT-014")
    void a_reload_comes_back_with_its_token_to_the_same_state() {
        var first = hello(CAROL, Map.of("takeOver", true));
        var snapshot = first.next("snapshot");
        first.ask(UUID.randomUUID().toString(), "startWork", Map.of());
        first.cut();

        var again = hello(
                CAROL,
                Map.of(
                        "resume",
                        Map.of(
                                "token",
                                snapshot.at("/session/resumeToken").asText(),
                                "seq",
                                snapshot.path("seq").asLong())));
        var after = again.next("snapshot");
        assertThat(after.at("/session/fence").asLong())
                .isGreaterThan(snapshot.at("/session/fence").asLong());
        assertThat(after.at("/agent/state").asText()).isEqualTo("IDLE");
        again.ask(UUID.randomUUID().toString(), "offWork", Map.of());
    }

    @Test
    @Spec("REP-013")
    void an_administrators_board_listens_to_all_groups_without_a_session() {
        var board = hello(ADMIN, Map.of("listenOnly", true));
        var snapshot = board.next("snapshot");
        assertThat(snapshot.path("agent").isNull()).isTrue();
        assertThat(snapshot.has("session")).isFalse();
        var queue = board.next(m -> m.path("groups").size() == 2);
        assertThat(queue.at("/groups/0/callers").isArray()).isTrue();
        assertThat(board.ask("x", "startWork", Map.of()).path("code").asText()).isEqualTo("Forbidden");
    }

    @Test
    @Spec("HOT-015")
    void an_agent_sees_her_own_groups_without_their_callers() {
        var browser = hello(CAROL, Map.of("takeOver", true));
        var queue = browser.next(m -> m.path("type").asText().equals("queue"));
        assertThat(queue.path("groups").findValuesAsText("nameEn")).containsExactly("Support");
        assertThat(queue.at("/groups/0").has("callers")).isFalse();
    }

    @Test
    void a_browser_that_is_silent_for_ten_seconds_is_lost() {
        var browser = hello(CAROL, Map.of("takeOver", true));
        browser.next("snapshot");
        var start = System.nanoTime();
        browser.untilClosed(Duration.ofSeconds(15));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(9_500));
    }

    @Test
    @Spec("SYS-012")
    void a_message_that_is_too_long_ends_the_socket() {
        var browser = hello(ADMIN, Map.of("listenOnly", true));
        browser.next("snapshot");
        browser.sayText("{\"type\":\"alive\",\"x\":\"" + "x".repeat(100_000) + "\"}");
        assertThat(browser.next("refused").path("code").asText()).isEqualTo("MalformedRequest");
        browser.untilClosed(Duration.ofSeconds(10));
    }

    @Test
    void a_session_whose_login_has_ended_is_closed() {
        var token = RunningNode.logIn(ADMIN);
        var browser = opened(Browser.hello(token, Map.of("listenOnly", true)));
        browser.next("snapshot");
        RunningNode.send(RunningNode.request("/api/v1/sessions").DELETE(), token);
        var alive = Thread.ofVirtual().start(() -> keepAlive(browser));
        assertThat(browser.untilClosed(Duration.ofSeconds(45))).isEqualTo(1000);
        alive.interrupt();
    }

    private static void keepAlive(Browser browser) {
        try {
            while (!browser.isClosed()) {
                browser.say(Map.of("type", "alive"));
                Thread.sleep(2_000);
            }
        } catch (InterruptedException | RuntimeException _) {
            // closed
        }
    }
}
