package dev.ringmaster.http.web;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.jspecify.annotations.Nullable;

/// One request whose outer form has been checked: path and query decoded, body read, caller known.
public final class ApiRequest {
    private final HttpRequest http;
    private final String requestId;
    private final Map<String, String> path;
    private final Map<String, String> query;
    private final byte[] body;
    private final @Nullable Caller caller;

    ApiRequest(
            HttpRequest http,
            String requestId,
            Map<String, String> path,
            Map<String, String> query,
            byte[] body,
            @Nullable Caller caller) {
        this.http = http;
        this.requestId = requestId;
        this.path = path;
        this.query = query;
        this.body = body;
        this.caller = caller;
    }

    public HttpRequest http() {
        return http;
    }

    public String requestId() {
        return requestId;
    }

    /// The person who asks; only where the endpoint needs a login.
    public Caller caller() {
        if (caller == null) {
            throw new IllegalStateException("an open endpoint has no caller");
        }
        return caller;
    }

    public String path(String name) {
        var value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("no {" + name + "} in the path");
        }
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /// A short text from the query.
    public Optional<String> query(String name, int maxLength) {
        var value = query(name);
        if (value.isPresent() && value.get().length() > maxLength) {
            throw Problem.invalid(name, "\"" + name + "\" has at most " + maxLength + " characters.");
        }
        return value;
    }

    public int query(String name, int otherwise, int lowest, int highest) {
        var value = query(name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            var number = Integer.parseInt(value.get());
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw Problem.invalid(name, "\"" + name + "\" is a number from " + lowest + " to " + highest + ".");
    }

    public boolean flag(String name) {
        var value = query(name);
        if (value.isPresent() && !value.get().equals("true") && !value.get().equals("false")) {
            throw Problem.invalid(name, "\"" + name + "\" is true or false.");
        }
        return value.isPresent() && value.get().equals("true");
    }

    public Optional<Instant> instant(String name) {
        return query(name).map(value -> {
            try {
                var at = Instant.parse(value);
                if (at.getEpochSecond() >= 0 && at.getEpochSecond() < 253_402_300_800L) {
                    return at;
                }
            } catch (DateTimeParseException _) {
                // said below
            }
            throw Problem.invalid(name, "\"" + name + "\" is an instant like 2026-03-02T01:00:00Z.");
        });
    }

    public <T extends Enum<T>> Optional<T> choice(String name, Class<T> type) {
        return query(name).map(value -> {
            for (var constant : type.getEnumConstants()) {
                if (constant.name().equals(value)) {
                    return constant;
                }
            }
            throw Problem.invalid(name, "\"" + value + "\" is none of the values of \"" + name + "\".");
        });
    }

    public byte[] bytes() {
        return body.clone();
    }

    public <T> T body(Class<T> type) {
        return Json.read(body, type);
    }
}
