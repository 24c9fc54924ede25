package dev.ringmaster.http.identity;

import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.ApiRequest;
import dev.ringmaster.http.web.Authenticator;
import dev.ringmaster.http.web.Caller;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.persistence.identity.LoginResult;
import dev.ringmaster.persistence.identity.Logins;
import dev.ringmaster.port.Directory;
import dev.ringmaster.tenant.CallerNumber;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.http.javadsl.model.AttributeKeys;
import org.apache.pekko.http.javadsl.model.HttpResponse;
import org.jspecify.annotations.Nullable;

/// `/api/v1/sessions`, `/api/v1/me`: logging in and out, and what one is (ADM-001, ADM-005, AGT-020, AGT-032).
public final class IdentityRoutes implements Authenticator {
    private final Logins logins;
    private final Me me;
    private final Directory directory;
    private final LoginThrottle throttle;

    public IdentityRoutes(Logins logins, Me me, Directory directory, InstantSource clock) {
        this.logins = logins;
        this.me = me;
        this.directory = directory;
        this.throttle = new LoginThrottle(clock);
    }

    public List<Endpoint> endpoints() {
        return List.of(
                Endpoint.open("POST", "/api/v1/sessions", this::logIn),
                Endpoint.loggedIn("DELETE", "/api/v1/sessions", this::logOut),
                Endpoint.loggedIn("GET", "/api/v1/me", request -> Answers.now(Answers.ok(me.json(request.caller())))),
                Endpoint.loggedIn("GET", "/api/v1/me/callers", this::callers));
    }

    @Override
    public Optional<Caller> caller(String accessToken) {
        return logins.session(accessToken).map(session -> new Caller(session, accessToken));
    }

    record Credentials(
            @Nullable String instance,
            @Nullable String login,
            @Nullable String password) {
        @Override
        public String toString() {
            return "Credentials(***)";
        }
    }

    private CompletionStage<HttpResponse> logIn(ApiRequest request) {
        var given = request.body(Credentials.class);
        var address = address(request);
        if (!throttle.allows(address)) {
            throw Problem.of(429, "TooManyRequests", "Too many failed logins from your address. Please wait a minute.");
        }
        var result = logins.login(
                needed("instance", given.instance()),
                needed("login", given.login()),
                needed("password", given.password()),
                address);
        return switch (result) {
            case LoginResult.LoggedIn(var token, var expiresIn, var _) ->
                Answers.now(Answers.ok(Map.of("accessToken", token, "expiresIn", expiresIn.toSeconds())));
            case LoginResult.Failed _ -> {
                throttle.failed(address);
                throw Problem.of(401, "LoginFailed", "Login name or password is wrong.");
            }
            case LoginResult.Locked(var remaining) ->
                throw Problem.of(
                        423,
                        "AccountLocked",
                        "Too many failures. Please try again in " + (remaining.toMinutes() + 1) + " minutes.");
        };
    }

    private CompletionStage<HttpResponse> logOut(ApiRequest request) {
        logins.logOut(request.caller().accessToken());
        return Answers.now(Answers.noContent());
    }

    private CompletionStage<HttpResponse> callers(ApiRequest request) {
        var caller = request.caller();
        var last = me.person(caller).settings().lastCaller().orElse("");
        return directory
                .callers(caller.instanceId(), caller.personId())
                .thenApply(numbers -> Answers.ok(numbers.stream()
                        .sorted(Comparator.comparing(
                                (CallerNumber number) -> !number.number().equals(last)))
                        .map(number -> Map.of(
                                "number", number.number(), "description", number.description(), "area", number.area()))
                        .toList()));
    }

    private static String needed(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw Problem.invalid(field, "\"" + field + "\" is missing.");
        }
        if (value.length() > 500) {
            throw Problem.invalid(field, "\"" + field + "\" is too long.");
        }
        return value;
    }

    private static String address(ApiRequest request) {
        return request.http()
                .getAttribute(AttributeKeys.remoteAddress)
                .flatMap(address -> address.getAddress())
                .map(address -> address.getHostAddress())
                .orElse("unknown");
    }
}
