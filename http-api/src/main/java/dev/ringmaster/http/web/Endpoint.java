package dev.ringmaster.http.web;

import dev.ringmaster.persistence.identity.Right;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.HttpResponse;

/// One line of the table of endpoints: method, path and who may call it stand in one place, so
/// that the OpenAPI document and the rights
/// test are checked against what really runs.
///
/// @param template path with `{names}`
/// @param right needed besides a login; empty = any login
public record Endpoint(String method, List<String> template, Access access, Optional<Right> right, Handler handler) {
    public Endpoint {
        template = List.copyOf(template);
    }

    /// Who may call.
    public enum Access {
        OPEN,
        LOGGED_IN
    }

    /// What is done for a request whose caller, path and body have been checked. A [Problem] may be
    /// thrown or fail the stage.
    @FunctionalInterface
    public interface Handler {
        CompletionStage<HttpResponse> handle(ApiRequest request);
    }

    public static Endpoint open(String method, String path, Handler handler) {
        return new Endpoint(method, segments(path), Access.OPEN, Optional.empty(), handler);
    }

    public static Endpoint loggedIn(String method, String path, Handler handler) {
        return new Endpoint(method, segments(path), Access.LOGGED_IN, Optional.empty(), handler);
    }

    public static Endpoint needs(Right right, String method, String path, Handler handler) {
        return new Endpoint(method, segments(path), Access.LOGGED_IN, Optional.of(right), handler);
    }

    public String path() {
        return "/" + String.join("/", template);
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
