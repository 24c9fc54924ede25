package dev.ringmaster.http.web;

import java.util.LinkedHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.ContentTypes;
import org.apache.pekko.http.javadsl.model.HttpCharsets;
import org.apache.pekko.http.javadsl.model.HttpEntities;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.apache.pekko.http.javadsl.model.MediaTypes;
import org.apache.pekko.http.javadsl.model.StatusCodes;
import org.apache.pekko.http.javadsl.model.headers.RawHeader;

/// The few forms in which routes answer.
public final class Answers {
    private static final RawHeader NO_STORE = RawHeader.create("Cache-Control", "no-store");

    private Answers() {}

    public static HttpResponse json(int status, Object value) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(ContentTypes.APPLICATION_JSON, Json.bytes(value)))
                .addHeader(NO_STORE);
    }

    public static HttpResponse ok(Object value) {
        return json(200, value);
    }

    public static CompletionStage<HttpResponse> now(HttpResponse response) {
        return CompletableFuture.completedFuture(response);
    }

    public static HttpResponse noContent() {
        return HttpResponse.create().withStatus(StatusCodes.NO_CONTENT).addHeader(NO_STORE);
    }

    public static HttpResponse text(int status, String text) {
        return HttpResponse.create()
                .withStatus(StatusCodes.get(status))
                .withEntity(HttpEntities.create(MediaTypes.TEXT_PLAIN.toContentType(HttpCharsets.UTF_8), text))
                .addHeader(NO_STORE);
    }

    public static HttpResponse problem(Problem problem, String requestId) {
        var body = new LinkedHashMap<String, Object>();
        body.put("code", problem.code());
        body.put("message", problem.sentence());
        if (problem.field() != null) {
            body.put("field", problem.field());
        }
        body.put("requestId", requestId);
        return json(problem.status(), body);
    }
}
