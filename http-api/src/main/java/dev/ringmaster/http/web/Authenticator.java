package dev.ringmaster.http.web;

import java.util.Optional;

/// Knows who is behind an access token. May wait for a database; called on a thread that may.
@FunctionalInterface
public interface Authenticator {
    Optional<Caller> caller(String accessToken);
}
