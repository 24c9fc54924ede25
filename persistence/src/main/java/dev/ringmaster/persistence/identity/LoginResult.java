package dev.ringmaster.persistence.identity;

import java.time.Duration;

/// The answer to a login.
public sealed interface LoginResult {
    /// @param accessToken opens REST, SDK and WebSocket; only its hash is kept here
    /// @param expiresIn idle time after which it is dead
    record LoggedIn(String accessToken, Duration expiresIn, Session session) implements LoginResult {
        @Override
        public String toString() {
            return "LoggedIn[" + session + "]";
        }
    }

    /// Unknown instance, unknown login, wrong password or no password yet: one answer for all (ADM-001).
    record Failed() implements LoginResult {}

    /// Too many failures. Told of any login, known or not.
    ///
    /// @param remaining until the lock opens
    record Locked(Duration remaining) implements LoginResult {}
}
