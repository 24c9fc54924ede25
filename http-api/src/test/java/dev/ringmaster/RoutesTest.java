package dev.ringmaster;

import static dev.ringmaster.RunningNode.get;
import static dev.ringmaster.RunningNode.post;
import static dev.ringmaster.RunningNode.request;
import static dev.ringmaster.RunningNode.send;
import static dev.ringmaster.RunningNode.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Endpoint.Access;
import dev.ringmaster.http.web.Json;
import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.tenant.Instance;
import dev.ringmaster.persistence.tenant.Person;
import dev.ringmaster.persistence.tenant.Role;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The REST API of a running node.
class RoutesTest {
    private static final String ALICE = "alice@demo.example";
    private static final String BOB = "bob@demo.example";
    private static final String ADMIN = "admin@demo.example";
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final String DEMO = "ccc_demo_00000001";

    @BeforeAll
    static void anotherTenant() {
        var stores = RunningNode.node().stores();
        stores.instances.save(new Instance("ccc_other", "other", "Other", ZoneId.of("Asia/Shanghai"), 1, 0), "test");
        stores.people.save(
                new Person(
                        "usr_other",
                        "ccc_other",
                        Optional.of("mallory@other.example"),
                        Optional.of("13800000001"),
                        "Mallory",
                        "Mallory",
                        Set.of(Role.ADMIN),
                        "",
                        "",
                        Person.Settings.DEFAULT),
                "test");
        stores.logins.setPassword("ccc_other", "usr_other", RunningNode.PASSWORD, "test");
    }

    private static String mallory() {
        var answer = logIn("other", "mallory@other.example", RunningNode.PASSWORD);
        return answer.json().path("accessToken").asText();
    }

    private static RunningNode.Answer logIn(String instance, String login, String password) {
        return post(
                "/api/v1/sessions", Json.text(Map.of("instance", instance, "login", login, "password", password)), "");
    }

    @Test
    @Spec("ADM-001")
    void mail_and_mobile_log_in_and_what_is_wrong_is_not_told() {
        assertThat(logIn("demo", ALICE, RunningNode.PASSWORD).status()).isEqualTo(200);
        assertThat(logIn("other", "13800000001", RunningNode.PASSWORD).status()).isEqualTo(200);

        var unknown = logIn("demo", "nobody@demo.example", "x");
        var wrong = logIn("demo", ALICE, "x");
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.code()).isEqualTo("LoginFailed");
        assertThat(wrong.json().path("message")).isEqualTo(unknown.json().path("message"));
        assertThat(logIn("nowhere", ALICE, RunningNode.PASSWORD).code()).isEqualTo("LoginFailed");
        assertThat(logIn("other", ALICE, RunningNode.PASSWORD).code()).isEqualTo("LoginFailed");
    }

    @Test
    @Spec("ADM-005")
    void the_sixth_try_is_refused_even_with_the_right_password_and_a_logged_out_token_is_dead() {
        for (var i = 0; i < 5; i++) {
            assertThat(logIn("demo", "dave@demo.example", "wrong").status()).isEqualTo(401);
        }
        var locked = logIn("demo", "dave@demo.example", RunningNode.PASSWORD);
        assertThat(locked.status()).isEqualTo(423);
        assertThat(locked.code()).isEqualTo("AccountLocked");

        var mine = RunningNode.logIn(BOB);
        assertThat(get("/api/v1/me", mine).status()).isEqualTo(200);
        assertThat(send(request("/api/v1/sessions").DELETE(), mine).status()).isEqualTo(204);
        assertThat(get("/api/v1/me", mine).code()).isEqualTo("AUTH");
    }

    @Test
    @Spec("AGT-020")
    void the_profile_card_shows_account_department_unit_and_groups() {
        var me = get("/api/v1/me", token(ALICE)).json();
        assertThat(me.path("login").asText()).isEqualTo(ALICE);
        assertThat(me.path("department").asText()).isNotEmpty();
        assertThat(me.path("businessUnit").asText()).isNotEmpty();
        assertThat(me.path("groups").findValuesAsText("nameEn")).containsExactly("Support");
        assertThat(me.at("/instance/id").asText()).isEqualTo(DEMO);
    }

    @Test
    @Spec({"ADM-006", "ADM-015"})
    void what_a_role_may_not_do_is_refused_at_every_door() {
        var table = RunningNode.node().core().table();
        assertThat(table).anyMatch(endpoint -> endpoint.right().isPresent());
        for (var endpoint : table) {
            if (endpoint.access() == Access.OPEN) {
                continue;
            }
            assertThat(call(endpoint, "").status()).as(endpoint.path()).isEqualTo(401);
            assertThat(call(endpoint, "no-such-token").status())
                    .as(endpoint.path())
                    .isEqualTo(401);
            if (endpoint.right().isPresent()) {
                var answer = call(endpoint, token(ALICE));
                assertThat(answer.status()).as(endpoint.path()).isEqualTo(403);
                assertThat(answer.code()).isEqualTo("Forbidden");
                assertThat(call(endpoint, token(ADMIN)).status())
                        .as(endpoint.path())
                        .isIn(200, 404);
            }
        }
        assertThat(get("/api/v1/me", token(ALICE)).json().path("rights").toString())
                .doesNotContain("calls.journal");
        assertThat(get("/api/v1/me", token(ADMIN)).json().path("rights").toString())
                .contains("calls.journal");
    }

    private static RunningNode.Answer call(Endpoint endpoint, String token) {
        var path = endpoint.path().replaceAll("\\{[^}]+}", "nothing");
        return send(request(path).method(endpoint.method(), java.net.http.HttpRequest.BodyPublishers.noBody()), token);
    }

    @Test
    @Spec({"AGT-033", "REP-014", "HOT-020"})
    void an_agent_finds_her_own_calls_an_administrator_all_and_another_tenant_none() throws Exception {
        var number = "1390" + System.nanoTime() % 10_000_000;
        var hers = finishedCall("usr_demo_alice", number, true);
        var his = finishedCall("usr_demo_bob", number, true);

        assertThat(ids(get("/api/v1/calls?number=" + number, token(ALICE)))).containsExactly(hers);
        assertThat(ids(get("/api/v1/calls?number=" + number + "&agent=usr_demo_bob", token(ALICE))))
                .containsExactly(hers);
        assertThat(ids(get("/api/v1/calls?number=" + number, token(ADMIN)))).containsExactlyInAnyOrder(hers, his);
        assertThat(ids(get("/api/v1/calls?mine=true&number=" + number, token(ADMIN))))
                .isEmpty();
        assertThat(ids(get("/api/v1/calls?number=" + number, mallory()))).isEmpty();

        for (var door : List.of("", "/recording")) {
            assertThat(get("/api/v1/calls/" + hers + door, token(ALICE)).status())
                    .isEqualTo(200);
            assertThat(get("/api/v1/calls/" + hers + door, token(ADMIN)).status())
                    .isEqualTo(200);
            assertThat(get("/api/v1/calls/" + hers + door, token(BOB)).status()).isEqualTo(404);
            assertThat(get("/api/v1/calls/" + hers + door, mallory()).status()).isEqualTo(404);
        }
        assertThat(get("/api/v1/calls/" + hers + "/journal", mallory()).status())
                .isEqualTo(404);
        var stores = RunningNode.node().stores();
        assertThat(stores.audit.newest(DEMO, 50)).anySatisfy(entry -> {
            assertThat(entry.action()).isEqualTo("recording.read");
            assertThat(entry.subject()).isEqualTo(hers);
            assertThat(entry.by()).isEqualTo("usr_demo_alice");
        });
    }

    @Test
    @Spec("AGT-017")
    void the_service_track_is_in_time_order_whoever_served() throws Exception {
        var number = "1391" + System.nanoTime() % 10_000_000;
        var first = finishedCall("usr_demo_alice", number, false);
        var second = finishedCall("usr_demo_bob", number, false);

        var track = get("/api/v1/track?number=" + number, token(ALICE)).json();
        assertThat(track.findValuesAsText("callId")).containsExactly(first, second);
        assertThat(get("/api/v1/track", token(ALICE)).json().path("field").asText())
                .isEqualTo("number");
    }

    @Test
    @Spec("AGT-033")
    void a_player_may_fetch_a_recording_in_pieces() throws Exception {
        var call = finishedCall("usr_demo_alice", "13920000000", true);
        var path = "/api/v1/calls/" + call + "/recording";
        var whole = send(request(path).GET(), token(ALICE));
        var bytes = 44 + 1000 * 32;
        assertThat(whole.http().headers().firstValue("Content-Type")).contains("audio/wav");
        assertThat(whole.http().headers().firstValue("Content-Length")).contains("" + bytes);

        var piece = send(request(path).header("Range", "bytes=0-3").GET(), token(ALICE));
        assertThat(piece.status()).isEqualTo(206);
        assertThat(piece.body()).isEqualTo("RIFF");
        assertThat(piece.http().headers().firstValue("Content-Range")).contains("bytes 0-3/" + bytes);
        assertThat(send(request(path).header("Range", "bytes=-4").GET(), token(ALICE))
                        .http()
                        .headers()
                        .firstValue("Content-Range"))
                .contains("bytes " + (bytes - 4) + "-" + (bytes - 1) + "/" + bytes);
        assertThat(send(request(path).header("Range", "bytes=" + bytes + "-").GET(), token(ALICE))
                        .status())
                .isEqualTo(416);
        assertThat(send(request(path).header("Range", "bytes=0-1,4-5").GET(), token(ALICE))
                        .status())
                .isEqualTo(200);
    }

    @Test
    @Spec({"AGT-032", "HOT-015"})
    void callers_and_queue_are_those_of_the_agent() {
        assertThat(get("/api/v1/me/callers", token(ALICE)).json().findValuesAsText("number"))
                .containsExactly("057100000001");
        var own = get("/api/v1/queue", token(ALICE)).json();
        assertThat(own.path("groups").findValuesAsText("nameEn")).containsExactly("Support");
        var all = get("/api/v1/queue", token(ADMIN)).json();
        assertThat(all.path("groups").findValuesAsText("nameEn")).containsExactlyInAnyOrder("Support", "Sales");
        assertThat(all.at("/groups/0/callers").isArray()).isTrue();
    }

    @Test
    @Spec("SYS-008")
    void the_test_clock_starts_where_it_was_told_moves_ahead_and_never_back() {
        var before = Instant.parse(
                get("/api/v1/queue", token(ALICE)).json().path("now").asText());
        assertThat(before)
                .isBetween(
                        Instant.parse(RunningNode.START),
                        Instant.parse(RunningNode.START).plusSeconds(86_400));

        var moved = post("/api/v1/test/clock", "{\"advance\":\"PT1H\"}", "");
        assertThat(Instant.parse(moved.json().path("now").asText())).isAfterOrEqualTo(before.plusSeconds(3600));
        assertThat(post("/api/v1/test/clock", "{\"advance\":\"-PT1H\"}", "")
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("advance");
        assertThat(get("/health/ready", "").status()).isEqualTo(200);
    }

    @Test
    @Spec("SYS-014")
    void health_and_metrics_are_there_without_a_login() {
        assertThat(get("/health/live", "").status()).isEqualTo(200);
        assertThat(get("/health/ready", "").json().path("ready").asBoolean()).isTrue();
        var figures = get("/metrics", "").body();
        assertThat(figures)
                .contains(
                        "ringmaster_calls ",
                        "ringmaster_journal_lag_events ",
                        "jvm_heap_used_bytes ",
                        "# TYPE ringmaster_sessions gauge");
        assertThat(figures.lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_0-9]+(\\{[a-z]+=\"[^\"]*\"})? -?[0-9.E-]+"));
    }

    @Test
    @Spec("SYS-012")
    void every_answer_tells_the_browser_what_it_may_do() {
        for (var path : List.of("/", "/api/v1/me", "/api/v1/nothing", "/operator", "/health/live")) {
            var headers = get(path, "").http().headers();
            assertThat(headers.firstValue("X-Content-Type-Options")).as(path).contains("nosniff");
            assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
                    .contains("frame-ancestors 'none'", "script-src 'self';", "object-src 'none'");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("X-Request-Id")).isPresent();
            assertThat(headers.firstValue("Server")).isEmpty();
        }
        var mine =
                send(request("/api/v1/me").header("X-Request-Id", "abcdefgh-1").GET(), "");
        assertThat(mine.json().path("requestId").asText()).isEqualTo("abcdefgh-1");
        // A token in the address or in a cookie opens nothing.
        assertThat(get("/api/v1/me?token=" + token(ALICE), "").status()).isEqualTo(401);
        assertThat(send(
                                request("/api/v1/me")
                                        .header("Cookie", "token=" + token(ALICE))
                                        .GET(),
                                "")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void the_demo_is_applied_once_and_changes_of_people_stay() {
        var stores = RunningNode.node().stores();
        var carol = stores.people.byId(DEMO, "usr_demo_carol").orElseThrow();
        stores.people.save(
                new Person(
                        carol.agentId(),
                        DEMO,
                        carol.email(),
                        carol.mobile(),
                        carol.realName(),
                        "Caroline",
                        carol.roles(),
                        carol.department(),
                        carol.businessUnit(),
                        carol.settings()),
                "admin");

        new dev.ringmaster.http.demo.DemoInstance(stores.demoRepositories()).apply("127.0.0.1:6999");

        assertThat(stores.people.byId(DEMO, "usr_demo_carol").orElseThrow().displayName())
                .isEqualTo("Caroline");
        assertThat(stores.trunks.all()).anyMatch(trunk -> trunk.peer().equals("127.0.0.1:6999"));
        assertThat(stores.numbers.all(DEMO)).hasSize(3);
    }

    private static List<String> ids(RunningNode.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().path("items").findValuesAsText("callId");
    }

    /// A record as the projection leaves it; the journal is not asked here.
    static String finishedCall(String agentId, String number, boolean recorded) throws Exception {
        var stores = RunningNode.node().stores();
        var callId = "call-" + UUID.randomUUID();
        var recording = callId + "-1";
        // The clock counts whole milliseconds; two calls of one test must not share one.
        var at = stores.clock.instant().plusMillis(CALLS.incrementAndGet());
        Sql.inTransaction(
                stores.database.dataSource(),
                sql -> sql.update(
                        """
                        INSERT INTO call_record (call_id, instance_id, direction, from_number, to_number, customer, area, started_at,
                          answered_at, ended_at, ended_by, result, cause, agent_id, agent_name, ivr_path, transferred_to_human, source,
                          remark, tags, recording_id)
                        VALUES (?, ?, 'INBOUND', ?, '4001000002', ?, '', ?, ?, ?, 'AGENT', 'SUCCESS', '', ?, 'Somebody', '{}', TRUE,
                          'hotline', '', '{}', ?)
                        """,
                        callId,
                        DEMO,
                        number,
                        number,
                        at,
                        at,
                        at.plusSeconds(1),
                        agentId,
                        recorded ? Optional.of(recording) : Optional.empty()));
        if (recorded) {
            var part = recording + ".wav";
            var folder = Stores.recordingsInTheMaking(settings());
            Files.createDirectories(folder);
            Files.write(folder.resolve(part), wav(1000));
            stores.recordings
                    .seal(callId, recording, part, Duration.ZERO, Duration.ofSeconds(1), 44 + 32_000)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
        }
        return callId;
    }

    private static Settings settings() {
        return RunningNode.node().settings();
    }

    private static byte[] wav(int ms) throws IOException {
        var sound = ms * 32;
        return ByteBuffer.allocate(44 + sound)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(36 + sound)
                .put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 2)
                .putInt(8000)
                .putInt(32_000)
                .putShort((short) 4)
                .putShort((short) 16)
                .put("data".getBytes(StandardCharsets.US_ASCII))
                .putInt(sound)
                .array();
    }
}
