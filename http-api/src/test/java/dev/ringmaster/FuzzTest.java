package dev.ringmaster;

import static dev.ringmaster.RunningNode.request;
import static dev.ringmaster.RunningNode.send;
import static dev.ringmaster.RunningNode.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.http.web.Json;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bad input of every kind at every door: always a problem with a code, never a fault of ours.
@Spec({"SYS-011", "SYS-012"})
class FuzzTest {
    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "true",
            "-1",
            "0",
            "99999999999999999999",
            "1e400",
            "' OR 1=1 --",
            "%",
            "%_%",
            "\\",
            "\u0000",
            "\ud800",
            "\udc00x",
            "😀",
            "../../etc/passwd",
            "<script>alert(1)</script>",
            "2026-13-45T99:99:99Z",
            "+1000000000-12-31T23:59:59Z",
            "\r\nX-Injected: 1",
            "x".repeat(2_000));

    private static final List<String> BODIES = List.of(
            "",
            "{",
            "[]",
            "null",
            "1",
            "\"text\"",
            "{}",
            "{\"instance\":1,\"login\":[],\"password\":{}}",
            "{\"instance\":null,\"login\":null,\"password\":null}",
            "{\"instance\":\"demo\",\"login\":\"\\u0000\",\"password\":\"x\"}",
            "{\"instance\":\"demo\",\"login\":\"\\ud800\",\"password\":\"x\"}",
            "{\"instance\":\"demo\",\"login\":\"a\",\"password\":\"" + "x".repeat(60_000) + "\"}",
            "{\"advance\":\"P1000000000000Y\"}",
            "{\"advance\":\"PT9223372036854775807S\"}",
            "{\"advance\":5}",
            "{\"a\":".repeat(500) + "1" + "}".repeat(500),
            "[".repeat(50_000),
            "{\"a\":1}{\"b\":2}",
            "{\"a\":1,\"a\":2}",
            "{\"n\":" + "9".repeat(5_000) + "}");

    @Test
    void no_query_breaks_a_reading_door() {
        var random = new Random(SEED);
        var names =
                List.of("number", "mine", "q", "direction", "result", "group", "agent", "from", "to", "page", "size");
        for (var i = 0; i < 400; i++) {
            var query = new StringBuilder();
            for (var parts = random.nextInt(5); parts >= 0; parts--) {
                query.append(query.isEmpty() ? "?" : "&")
                        .append(names.get(random.nextInt(names.size())))
                        .append('=')
                        .append(encoded(TEXTS.get(random.nextInt(TEXTS.size())), random));
            }
            for (var path : List.of("/api/v1/calls", "/api/v1/track")) {
                fine(send(request(path + query).GET(), token("admin@demo.example")), path + query);
            }
        }
    }

    @Test
    void no_path_breaks_a_door() {
        for (var text : TEXTS) {
            var part = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
            for (var path : List.of(
                    "/api/v1/calls/" + part,
                    "/api/v1/calls/" + part + "/recording",
                    "/api/v1/calls/" + part + "/journal",
                    "/api/v1/instances/" + part,
                    "/assets/" + part,
                    "/sdk/" + part,
                    "/" + part)) {
                fine(send(request(path).GET(), token("admin@demo.example")), path);
            }
        }
    }

    @Test
    void no_body_breaks_a_writing_door() {
        for (var path : List.of("/api/v1/sessions", "/api/v1/test/clock")) {
            for (var body : BODIES) {
                for (var type : List.of(
                        "application/json", "application/json; charset=utf-16", "text/plain", "*/*", "nonsense")) {
                    var answer =
                            send(request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)), "");
                    fine(answer, path + " " + type + " " + body.substring(0, Math.min(60, body.length())));
                    assertThat(answer.status()).isGreaterThanOrEqualTo(400);
                }
            }
            for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.ISO_8859_1)) {
                fine(
                        send(
                                request(path)
                                        .header("Content-Type", "application/json")
                                        .POST(BodyPublishers.ofByteArray("{\"login\":\"é\u00ff\"}".getBytes(charset))),
                                ""),
                        charset.name());
            }
        }
    }

    @Test
    void a_huge_body_is_refused_and_not_kept() {
        var answer = send(
                request("/api/v1/sessions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"login\":\"" + "x".repeat(200_000) + "\"}")),
                "");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("BodyTooLarge");
    }

    @Test
    void a_wrong_method_is_told_what_is_right() {
        var answer = send(request("/api/v1/me").PUT(BodyPublishers.ofString("x")), token("alice@demo.example"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.http().headers().firstValue("Allow")).contains("GET");
        assertThat(send(request("/demo").POST(BodyPublishers.noBody()), "").status())
                .isEqualTo(405);
    }

    @Test
    void a_field_at_fault_is_named() {
        var answer = send(
                request("/api/v1/sessions")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"instance\":\"demo\",\"login\":[1],\"password\":\"x\"}")),
                "");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("field").asText()).isEqualTo("login");
        assertThat(send(request("/api/v1/calls?page=0").GET(), token("alice@demo.example"))
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("page");
    }

    @Test
    void what_is_no_http_does_not_disturb_the_node() throws IOException {
        var random = new Random(SEED);
        var uri = URI.create(RunningNode.base());
        for (var i = 0; i < 20; i++) {
            try (var socket = new Socket(uri.getHost(), uri.getPort())) {
                var noise = new byte[random.nextInt(3_000) + 1];
                random.nextBytes(noise);
                socket.getOutputStream().write(noise);
                socket.getOutputStream().flush();
            } catch (IOException _) {
                // closed by the node before we had said everything
            }
        }
        assertThat(send(request("/health/live").GET(), "").status()).isEqualTo(200);
    }

    private static void fine(RunningNode.Answer answer, String what) {
        assertThat(answer.status())
                .as("seed %d: %s -> %s", SEED, what, answer.body())
                .isLessThan(500);
        if (answer.status() >= 400
                && answer.http().headers().firstValue("Content-Type").orElse("").startsWith("application/json")) {
            var json = answer.json();
            assertThat(json.path("code").asText()).as(what).isNotEmpty();
            assertThat(json.path("message").asText()).isNotEmpty();
            assertThat(json.path("requestId").asText()).isNotEmpty();
            assertThat(answer.body()).doesNotContain("Exception", "SQLSTATE", "dev.ringmaster", "org.apache");
        }
    }

    private static String encoded(String text, Random random) {
        var encoded = URLEncoder.encode(text, StandardCharsets.UTF_8);
        return random.nextInt(10) == 0 ? encoded + "%C3%28" : encoded;
    }

    @Test
    void a_text_of_ours_never_breaks_the_json_around_it() {
        assertThat(Json.text(List.of("\u2028</script>\""))).startsWith("[").endsWith("]");
    }
}
