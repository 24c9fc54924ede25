package dev.ringmaster.carrier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringmaster.base.PhoneNumber;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The carrier's small page and API: who is on the telephone, and "call now".
///
/// `POST /calls` takes `{"number":"4001000001","keys":"1","talkSeconds":30,"from":"13800000001"}`,
/// every field but `number` optional;
/// `GET /calls` lists the calls that are up.
final class Page implements AutoCloseable {
    /// Larger bodies are refused unread.
    private static final int MAX_BODY_BYTES = 4096;

    private static final Logger log = LoggerFactory.getLogger(Page.class);

    private final HttpServer server;
    private final Network network;
    private final RandomGenerator random;
    private final ObjectMapper json = new ObjectMapper();

    Page(InetSocketAddress address, Network network, RandomGenerator random) throws IOException {
        this.network = network;
        this.random = random;
        server = HttpServer.create(address, 16);
        server.createContext("/", this::serve);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            answer(exchange);
        } catch (RuntimeException e) {
            log.error("a request to the carrier's page failed", e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {

        var path = exchange.getRequestURI().getPath();
        var request = exchange.getRequestMethod() + " " + path;
        switch (request) {
            case "GET /" -> send(exchange, 200, "text/html; charset=utf-8", html());
            case "GET /calls" -> send(exchange, 200, "application/json", json.writeValueAsString(calls()));
            case "POST /calls" -> place(exchange);
            default ->
                send(exchange, 404, "application/json", problem("NotFound", "There is nothing at " + path + "."));
        }
    }

    private void place(HttpExchange exchange) throws IOException {
        var type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type == null || !type.startsWith("application/json")) { // also keeps other sites' forms out
            send(exchange, 415, "application/json", problem("UnsupportedMediaType", "Send JSON."));
            return;
        }
        var body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        JsonNode wish;
        try {
            wish = body.length > MAX_BODY_BYTES ? null : json.readTree(body);
        } catch (IOException e) {
            wish = null;
        }
        if (wish == null || !wish.isObject()) {
            send(exchange, 400, "application/json", problem("InvalidArgument", "The body is not a JSON object."));
            return;
        }
        var customer = customer(wish);
        if (customer.isEmpty()) {
            send(
                    exchange,
                    400,
                    "application/json",
                    problem("InvalidArgument", "number: 3 to 20 digits; keys: 0-9*#; talkSeconds: 1 to 600."));
        } else if (network.place(customer.get())) {
            send(exchange, 202, "application/json", "{}");
        } else {
            send(exchange, 503, "application/json", problem("Full", "Too many simulated calls are up."));
        }
    }

    private Optional<Customer> customer(JsonNode wish) {
        var number = wish.path("number").asText("");
        if (!number.matches("[0-9]{3,20}")) {
            return Optional.empty();
        }
        var drawn = Customer.calling(number, random);
        var from = wish.path("from").asText(drawn.from().value());
        var keys = drawn.keys();
        if (wish.has("keys")) {
            keys = new ArrayList<>();
            for (var key : wish.path("keys").asText("").toCharArray()) {
                keys.add(new Customer.Press(Duration.ofSeconds(3 + 4L * keys.size()), String.valueOf(key)));
            }
        }
        var talk = drawn.talk();
        if (wish.has("talkSeconds")) {
            var seconds = wish.path("talkSeconds").asInt(-1);
            if (seconds < 1 || seconds > 600) {
                return Optional.empty();
            }
            talk = Optional.of(Duration.ofSeconds(seconds));
        } else if (wish.path("stay").asBoolean(false)) {
            talk = Optional.empty();
        }
        if (!from.matches("\\+?[0-9]{3,20}")
                || keys.size() > 20
                || keys.stream().anyMatch(k -> !k.key().matches("[0-9*#]"))) {
            return Optional.empty();
        }
        return Optional.of(new Customer(new PhoneNumber(from), number, keys, talk, drawn.voice()));
    }

    private List<Map<String, String>> calls() {
        return network.parties().stream()
                .map(p -> Map.of(
                        "id", p.id,
                        "direction", p.calling ? "calls in" : "was called",
                        "from", p.from,
                        "to", p.to,
                        "state", p.state))
                .toList();
    }

    private String problem(String code, String message) throws IOException {
        return json.writeValueAsString(Map.of("code", code, "message", message));
    }

    private static void send(HttpExchange exchange, int status, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", type);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static String html() throws IOException {
        try (var in = Page.class.getResourceAsStream("page.html")) {
            if (in == null) {
                throw new IOException("page.html is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("{{rules}}", Callee.RULES);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
