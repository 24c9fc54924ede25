package dev.ringmaster.http.web;

import dev.ringmaster.base.Refusal;
import org.jspecify.annotations.Nullable;

/// A refusal on its way to a client: HTTP status, stable code, a sentence for people, the field at fault (SYS-011).
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String field;

    private Problem(int status, String code, String message, @Nullable String field) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
        this.field = field;
    }

    public static Problem of(int status, String code, String message) {
        return new Problem(status, code, message, null);
    }

    public static Problem invalid(String field, String message) {
        return new Problem(400, "InvalidArgument", message, field);
    }

    public static Problem malformed(String message) {
        return new Problem(400, "MalformedRequest", message, null);
    }

    /// Also for what belongs to another instance: whether it exists is nobody's business.
    public static Problem notFound() {
        return new Problem(404, "NotFound", "There is no such thing here.", null);
    }

    public static Problem forbidden() {
        return new Problem(403, "Forbidden", "Your role does not include this.", null);
    }

    public static Problem notLoggedIn() {
        return new Problem(401, "AUTH", "Please log in.", null);
    }

    public static Problem unavailable() {
        return new Problem(
                503, "Unavailable", "This cannot be done right now. Nothing was changed; please try again.", null);
    }

    public static Problem conflict(Refusal refusal) {
        return new Problem(409, refusal.code(), refusal.message(), refusal.field());
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public @Nullable String field() {
        return field;
    }

    /// The sentence for people.
    public String sentence() {
        return String.valueOf(getMessage());
    }
}
