package dev.ringmaster.http.web;

import dev.ringmaster.http.web.Endpoint.Access;
import dev.ringmaster.persistence.database.DatabaseException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;
import org.apache.pekko.http.scaladsl.model.EntityStreamException;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.http.scaladsl.model.IllegalUriException;
import org.apache.pekko.stream.Materializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/// Every HTTP request of a node comes through here: it is matched with the table of endpoints, its
/// caller and form are checked, and
/// whatever goes wrong leaves as a problem with a code, never as a stack trace.
public final class FrontDoor {
    private static final Logger LOG = LoggerFactory.getLogger(FrontDoor.class);

    /// Bodies of our API are small forms; more is a mistake or an attack.
    private static final long MAX_BODY_BYTES = 64 * 1024;

    private static final Duration BODY_WITHIN = Duration.ofSeconds(10);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(25);

    /// Requests worked on at once; above it clients are told to come back instead of queueing without end.
    private static final int MAX_AT_WORK = 256;

    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{8,64}");
    private static final Pattern BEARER =
            Pattern.compile("Bearer +([A-Za-z0-9._~+/=-]{1,512})", Pattern.CASE_INSENSITIVE);

    /// Answers paths that are in no table: the page and its files.
    @FunctionalInterface
    public interface Elsewhere {
        HttpResponse page(HttpRequest request, List<String> path);
    }

    private final List<Endpoint> endpoints;
    private final Authenticator authenticator;
    private final Elsewhere pages;
    private final Materializer materializer;
    private final Executor workers;
    private final Semaphore atWork = new Semaphore(MAX_AT_WORK);

    /// @param workers runs handlers; they may wait there
    public FrontDoor(
            List<Endpoint> endpoints,
            Authenticator authenticator,
            Elsewhere pages,
            Materializer materializer,
            Executor workers) {
        this.endpoints = List.copyOf(endpoints);
        this.authenticator = authenticator;
        this.pages = pages;
        this.materializer = materializer;
        this.workers = workers;
    }

    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public CompletionStage<HttpResponse> handle(HttpRequest request) {
        var requestId = requestId(request);
        CompletionStage<HttpResponse> answer;
        try {
            answer = route(request, requestId);
        } catch (Problem problem) {
            request.discardEntityBytes(materializer);
            answer = CompletableFuture.failedFuture(problem);
        }
        return answer.exceptionally(failure -> Answers.problem(problemOf(failure, request, requestId), requestId))
                .thenApply(response -> SecurityHeaders.on(response, requestId));
    }

    private CompletionStage<HttpResponse> route(HttpRequest request, String requestId) {
        var path = path(request);
        var method = request.method().value().toUpperCase(Locale.ROOT);
        var wanted = method.equals("HEAD") ? "GET" : method;
        var here = endpoints.stream()
                .filter(e -> match(e.template(), path).isPresent())
                .toList();
        if (here.isEmpty()) {
            request.discardEntityBytes(materializer);
            if (path.getFirst().equals("api")) {
                throw Problem.of(404, "NotFound", "There is no such address in the API.");
            }
            if (!wanted.equals("GET")) {
                throw Problem.of(405, "MethodNotAllowed", "This address can only be read.");
            }
            return CompletableFuture.completedFuture(pages.page(request, path));
        }
        var endpoint = here.stream().filter(e -> e.method().equals(wanted)).findFirst();
        if (endpoint.isEmpty()) {
            request.discardEntityBytes(materializer);
            var allowed = String.join(", ", here.stream().map(Endpoint::method).toList());
            return CompletableFuture.completedFuture(Answers.problem(
                            Problem.of(405, "MethodNotAllowed", "This address takes " + allowed + "."), requestId)
                    .addHeader(RawHeader.create("Allow", allowed)));
        }
        return run(
                endpoint.get(),
                request,
                requestId,
                match(endpoint.get().template(), path).orElseThrow());
    }

    private CompletionStage<HttpResponse> run(
            Endpoint endpoint, HttpRequest request, String requestId, Map<String, String> path) {
        var query = query(request);
        if (!atWork.tryAcquire()) {
            throw Problem.unavailable();
        }
        var work = body(endpoint, request)
                .thenApplyAsync(body -> checked(endpoint, request, requestId, path, query, body), workers)
                .thenComposeAsync(
                        checked -> inContext(requestId, () -> endpoint.handler().handle(checked)), workers)
                .toCompletableFuture()
                .orTimeout(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        return work.whenComplete((_, _) -> atWork.release());
    }

    private ApiRequest checked(
            Endpoint endpoint,
            HttpRequest request,
            String requestId,
            Map<String, String> path,
            Map<String, String> query,
            byte[] body) {
        Caller caller = null;
        if (endpoint.access() == Access.LOGGED_IN) {
            caller = inContext(requestId, () -> caller(request));
            if (endpoint.right().isPresent() && !caller.may(endpoint.right().get())) {
                throw Problem.forbidden();
            }
        }
        return new ApiRequest(request, requestId, path, query, body, caller);
    }

    private Caller caller(HttpRequest request) {
        return request.getHeader("Authorization")
                .map(header -> BEARER.matcher(header.value()))
                .filter(matcher -> matcher.matches())
                .flatMap(matcher -> authenticator.caller(matcher.group(1)))
                .orElseThrow(Problem::notLoggedIn);
    }

    private CompletionStage<byte[]> body(Endpoint endpoint, HttpRequest request) {
        var entity = request.entity();
        if (endpoint.method().equals("GET") || entity.isKnownEmpty()) {
            request.discardEntityBytes(materializer);
            return CompletableFuture.completedFuture(new byte[0]);
        }
        var type = entity.getContentType().mediaType();
        if (!type.toString().toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw Problem.of(415, "UnsupportedMediaType", "The body must be application/json.");
        }
        if (request.getHeader("Content-Encoding").isPresent()) {
            throw Problem.of(415, "UnsupportedMediaType", "The body must not be compressed.");
        }
        return entity.toStrict(BODY_WITHIN.toMillis(), MAX_BODY_BYTES, materializer)
                .thenApply(strict -> strict.getData().toArray());
    }

    private List<String> path(HttpRequest request) {
        var segments = new ArrayList<String>();
        try {
            request.getUri().pathSegments().forEach(segments::add);
        } catch (IllegalUriException | IllegalArgumentException _) {
            throw Problem.malformed("The address is not valid.");
        }
        segments.forEach(segment -> Json.checkText("path", segment));
        return segments.isEmpty() ? List.of("") : segments;
    }

    private static Map<String, String> query(HttpRequest request) {
        var values = new LinkedHashMap<String, String>();
        var raw = request.getUri().rawQueryString().orElse("");
        if (raw.isEmpty()) {
            return values;
        }
        for (var pair : raw.split("&", 200)) {
            var equals = pair.indexOf('=');
            var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            var value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            Json.checkText(name, value);
            values.putIfAbsent(name, value);
        }
        return values;
    }

    /// Percent-decoding that refuses what is no UTF-8 instead of guessing.
    private static String decoded(String raw) {
        var bytes = new java.io.ByteArrayOutputStream(raw.length());
        for (var i = 0; i < raw.length(); i++) {
            var c = raw.charAt(i);
            if (c == '%') {
                if (i + 2 >= raw.length()
                        || !HexFormat.isHexDigit(raw.charAt(i + 1))
                        || !HexFormat.isHexDigit(raw.charAt(i + 2))) {
                    throw Problem.malformed("The query is not valid.");
                }
                bytes.write(HexFormat.fromHexDigits(raw, i + 1, i + 3));
                i += 2;
            } else if (c == '+') {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw Problem.malformed("The query is not valid UTF-8.");
        }
    }

    private static Optional<Map<String, String>> match(List<String> template, List<String> path) {
        if (template.size() != path.size()) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, String>();
        for (var i = 0; i < template.size(); i++) {
            var part = template.get(i);
            if (part.startsWith("{")) {
                if (path.get(i).isEmpty()) {
                    return Optional.empty();
                }
                values.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    private static <T> T inContext(String requestId, java.util.function.Supplier<T> work) {
        try (var _ = MDC.putCloseable("requestId", requestId)) {
            return work.get();
        }
    }

    private static Problem problemOf(Throwable failure, HttpRequest request, String requestId) {
        var cause = unwrapped(failure);
        try (var _ = MDC.putCloseable("requestId", requestId)) {
            return switch (cause) {
                case Problem problem -> problem;
                case EntityStreamSizeException _ -> tooLarge();
                // How a body ends that was announced larger, or that its sender broke off.
                case EntityStreamException e ->
                    e.info().summary().contains("too large")
                            ? tooLarge()
                            : Problem.malformed("The body did not arrive whole.");
                case TimeoutException _, RejectedExecutionException _ -> {
                    LOG.warn(
                            "{} {}: no answer in time",
                            request.method().value(),
                            request.getUri().path());
                    yield Problem.unavailable();
                }
                case DatabaseException away
                when away.transientFault() -> {
                    LOG.warn(
                            "{} {}: {}",
                            request.method().value(),
                            request.getUri().path(),
                            away.getMessage());
                    yield Problem.unavailable();
                }
                default -> {
                    LOG.error(
                            "{} {} failed",
                            request.method().value(),
                            request.getUri().path(),
                            cause);
                    yield Problem.of(
                            500, "Fault", "Something went wrong here. Please tell your administrator the request id.");
                }
            };
        }
    }

    private static Problem tooLarge() {
        return Problem.of(413, "BodyTooLarge", "The body is larger than " + MAX_BODY_BYTES + " bytes.");
    }

    private static Throwable unwrapped(Throwable failure) {
        var at = failure;
        while ((at instanceof CompletionException || at instanceof ExecutionException) && at.getCause() != null) {
            at = at.getCause();
        }
        return at;
    }

    private static String requestId(HttpRequest request) {
        return request.getHeader("X-Request-Id")
                .map(header -> header.value())
                .filter(value -> REQUEST_ID.matcher(value).matches())
                .orElseGet(
                        () -> "req-" + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), 36));
    }
}
