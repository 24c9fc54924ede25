package dev.ringmaster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.http.web.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// One demo node with a test clock in this process, started by the first test that needs it and shared by all.
final class RunningNode {
    static final String PASSWORD = "Ringmaster-demo-1";
    static final String START = "2026-03-02T01:00:00Z";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

    private RunningNode() {}

    private static final class Holder {
        static final Node NODE = start();
    }

    static Node node() {
        return Holder.NODE;
    }

    private static Node start() {
        try {
            var data = Files.createTempDirectory("ringmaster-http");
            var settings = SettingsReader.read(
                    Map.of(
                            "RINGMASTER_HTTP",
                            "127.0.0.1:0",
                            "RINGMASTER_SIP",
                            "127.0.0.1:" + freePort(),
                            "RINGMASTER_MEDIA",
                            "127.0.0.1:42000-42200",
                            "RINGMASTER_DATA",
                            data.toString(),
                            "RINGMASTER_DEMO_CARRIER",
                            "127.0.0.1:" + freePort(),
                            "RINGMASTER_CLOCK",
                            START),
                    Optional.empty());
            var node = Node.start(
                    settings, true, new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8));
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(node::close));
            node.awaitReady();
            return node;
        } catch (Exception e) {
            throw new IllegalStateException("the node of the tests did not start", e);
        }
    }

    static String base() {
        return node().address();
    }

    /// An answer whose body has been read.
    record Answer(int status, String body, HttpResponse<String> http) {
        JsonNode json() {
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(body, e);
            }
        }

        String code() {
            return json().path("code").asText();
        }
    }

    static Answer get(String path, String token) {
        return send(request(path).GET(), token);
    }

    static Answer post(String path, String json, String token) {
        return send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)),
                token);
    }

    static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base() + path)).timeout(Duration.ofSeconds(30));
    }

    /// @param token empty = none
    static Answer send(HttpRequest.Builder request, String token) {
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            var answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body(), answer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// A token of this person, the same for all tests.
    static String token(String login) {
        return TOKENS.computeIfAbsent(login, RunningNode::logIn);
    }

    static String logIn(String login) {
        var answer = post(
                "/api/v1/sessions", Json.text(Map.of("instance", "demo", "login", login, "password", PASSWORD)), "");
        if (answer.status() != 200) {
            throw new IllegalStateException(login + ": " + answer.body());
        }
        return answer.json().path("accessToken").asText();
    }

    static int freePort() throws IOException {
        for (var tries = 0; tries < 50; tries++) {
            try (var tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    var _ = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress())) {
                return tcp.getLocalPort();
            } catch (java.net.BindException _) {
                // taken for UDP: another one
            }
        }
        throw new IOException("no free port");
    }
}
