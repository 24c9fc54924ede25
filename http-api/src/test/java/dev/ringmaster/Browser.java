package dev.ringmaster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.http.web.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A browser's end of the live socket, as far as messages go.
final class Browser implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LinkedBlockingQueue<JsonNode> heard = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final WebSocket socket;
    private final List<JsonNode> all = new ArrayList<>();

    Browser() {
        socket = CLIENT.newWebSocketBuilder()
                .buildAsync(URI.create(RunningNode.base().replace("http", "ws") + "/api/v1/live"), this)
                .join();
    }

    /// Connects and greets with these fields over the usual ones.
    static Browser hello(String token, Map<String, Object> fields) {
        var browser = new Browser();
        var hello = new LinkedHashMap<String, Object>(Map.of("type", "hello", "token", token, "instance", "demo"));
        hello.putAll(fields);
        browser.say(hello);
        return browser;
    }

    void say(Map<String, ?> message) {
        sayText(Json.text(message));
    }

    void sayText(String text) {
        socket.sendText(text, true).join();
    }

    void command(String id, String name, Map<String, ?> args) {
        say(Map.of("type", "command", "id", id, "name", name, "args", args));
    }

    /// Asks and waits for the answer.
    JsonNode ask(String id, String name, Map<String, ?> args) {
        command(id, name, args);
        return answer(id);
    }

    JsonNode answer(String id) {
        return next(m -> m.path("id").asText().equals(id));
    }

    JsonNode next(String type) {
        return next(m -> m.path("type").asText().equals(type));
    }

    /// The next message of this kind; others before it are passed over.
    JsonNode next(Predicate<JsonNode> wanted) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (true) {
                var message = heard.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (message == null) {
                    throw new AssertionError("not heard; heard were " + all);
                }
                if (wanted.test(message)) {
                    return message;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Waits until the node has closed the socket.
    int untilClosed(Duration within) {
        return closed.orTimeout(within.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    boolean isClosed() {
        return closed.isDone();
    }

    /// The connection breaks without a word.
    void cut() {
        closed.complete(1006);
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            try {
                var message = Json.MAPPER.readTree(part.toString());
                all.add(message);
                heard.add(message);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            part.setLength(0);
        }
        from.request(1);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.complete(1006);
    }

    @Override
    public void close() {
        if (!closed.isDone()) {
            say(Map.of("type", "bye"));
            socket.abort();
        }
    }
}
