package dev.ringmaster.persistence.identity;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.tenant.AuditTrail;
import dev.ringmaster.persistence.tenant.Role;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/// Who is let in: passwords, the lock after failures, and server-side sessions (ADM-001, ADM-005).
public final class Logins {
    /// A session unused for so long is dead.
    public static final Duration IDLE = Duration.ofHours(12);

    static final int MAX_FAILURES = 5;
    static final Duration LOCK = Duration.ofMinutes(15);

    /// How late a session's last use may be noted: each note is a write.
    private static final Duration NOTED = Duration.ofMinutes(1);

    private static final Duration FAILURES_KEPT = Duration.ofDays(1);
    private static final int TOKEN_BYTES = 32;
    private static final int MAX_LOGIN_LENGTH = 200;
    private static final int MAX_PASSWORD_LENGTH = 500;

    /// Compared with when there is no such account, so that the answer takes as long.
    private static final String NOBODY = PasswordHash.of("nobody");

    private final DataSource source;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /// Guesses at one login take turns, so that hundreds sent at once are still judged one after the other.
    private final ReentrantLock[] turns =
            Stream.generate(ReentrantLock::new).limit(64).toArray(ReentrantLock[]::new);

    public Logins(DataSource source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    private record Account(String instanceId, String agentId, Optional<String> hash) {}

    /// Sets a password. The same again changes nothing, so that seeding at each start does not end sessions.
    public void setPassword(String instanceId, String agentId, String password, String by) {
        var current = Sql.reading(
                source,
                sql -> sql.first(
                        "SELECT password_hash FROM person WHERE instance_id = ? AND agent_id = ? AND password_hash IS NOT NULL",
                        row -> row.getString("password_hash"),
                        instanceId,
                        agentId));
        if (current.isPresent() && PasswordHash.matches(password, current.get())) {
            return;
        }
        var hash = PasswordHash.of(password);
        Sql.inTransaction(source, sql -> {
            sql.update(
                    "UPDATE person SET password_hash = ? WHERE instance_id = ? AND agent_id = ?",
                    hash,
                    instanceId,
                    agentId);
            sql.update("DELETE FROM login_session WHERE instance_id = ? AND agent_id = ?", instanceId, agentId);
            AuditTrail.note(sql, clock.instant(), instanceId, by, "password.set", agentId, Map.of());
            return true;
        });
    }

    /// Lets somebody in, or not. Takes about the time of one password hash in every case but a lock.
    ///
    /// @param instance id or address
    /// @param login e-mail or mobile number
    /// @param from address of the browser, for the audit
    public LoginResult login(String instance, String login, String password, String from) {
        if (login.length() > MAX_LOGIN_LENGTH || password.length() > MAX_PASSWORD_LENGTH) {
            return new LoginResult.Failed();
        }
        var name = login.strip().toLowerCase(Locale.ROOT);
        var instanceId = Sql.reading(
                source,
                sql -> sql.first(
                        "SELECT instance_id FROM instance WHERE instance_id = ? OR address = ?",
                        row -> row.getString("instance_id"),
                        instance,
                        instance));
        var turn = turns[Math.floorMod(name.hashCode(), turns.length)];
        turn.lock();
        try {
            return judge(instanceId, name, password, from);
        } finally {
            turn.unlock();
        }
    }

    private LoginResult judge(Optional<String> instanceId, String name, String password, String from) {
        var locked = instanceId.flatMap(id -> locked(id, name));
        if (locked.isPresent()) {
            note(instanceId.orElseThrow(), name, "login.locked", from);
            return new LoginResult.Locked(locked.get());
        }
        var account = instanceId.flatMap(id -> account(id, name));
        var matches =
                PasswordHash.matches(password, account.flatMap(Account::hash).orElse(NOBODY));
        if (!matches || account.flatMap(Account::hash).isEmpty()) {
            instanceId.ifPresent(id -> countFailure(id, name, from));
            return new LoginResult.Failed();
        }
        return open(account.get(), name, from);
    }

    /// The living session of this token; its idle time begins anew.
    public Optional<Session> session(String token) {
        var now = clock.instant();
        var hash = sha256(token);
        return Sql.reading(source, sql -> {
            var found = sql.first(
                    """
                    SELECT s.instance_id, s.agent_id, s.opened_at, s.last_seen_at, p.roles
                    FROM login_session s JOIN person p USING (agent_id)
                    WHERE s.token_hash = ? AND s.last_seen_at > ?
                    """,
                    row -> Map.entry(
                            read(row, hash),
                            Objects.requireNonNull(Sql.instant(row, "last_seen_at"))
                                    .isBefore(now.minus(NOTED))),
                    hash,
                    now.minus(IDLE));
            if (found.isPresent() && found.get().getValue()) {
                sql.update("UPDATE login_session SET last_seen_at = ? WHERE token_hash = ?", now, hash);
            }
            return found.map(Map.Entry::getKey);
        });
    }

    /// Ends the session of this token.
    public void logOut(String token) {
        var hash = sha256(token);
        Sql.inTransaction(source, sql -> {
            var ended = sql.first(
                    "DELETE FROM login_session WHERE token_hash = ? RETURNING instance_id, agent_id",
                    row -> Map.entry(row.getString("instance_id"), row.getString("agent_id")),
                    hash);
            ended.ifPresent(who -> AuditTrail.note(
                    sql, clock.instant(), who.getKey(), who.getValue(), "logout", who.getValue(), Map.of()));
            return ended.isPresent();
        });
    }

    private LoginResult open(Account account, String name, String from) {
        var bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        var token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        var hash = sha256(token);
        var now = clock.instant();
        return Sql.inTransaction(source, sql -> {
            sql.update(
                    "DELETE FROM login_failure WHERE instance_id = ? AND login_hash = ?",
                    account.instanceId(),
                    sha256(name));
            sql.update(
                    "DELETE FROM login_session WHERE agent_id = ? AND last_seen_at <= ?",
                    account.agentId(),
                    now.minus(IDLE));
            sql.update(
                    "INSERT INTO login_session (token_hash, instance_id, agent_id, opened_at, last_seen_at) VALUES (?, ?, ?, ?, ?)",
                    hash,
                    account.instanceId(),
                    account.agentId(),
                    now,
                    now);
            AuditTrail.note(
                    sql,
                    now,
                    account.instanceId(),
                    account.agentId(),
                    "login",
                    account.agentId(),
                    Map.of("from", from));
            var session = sql.first("""
                            SELECT s.instance_id, s.agent_id, s.opened_at, p.roles
                            FROM login_session s JOIN person p USING (agent_id) WHERE s.token_hash = ?
                            """, row -> read(row, hash), hash).orElseThrow();
            return new LoginResult.LoggedIn(token, IDLE, session);
        });
    }

    /// How long this login is still locked.
    private Optional<Duration> locked(String instanceId, String name) {
        var now = clock.instant();
        return Sql.reading(
                source,
                sql -> sql.first(
                        "SELECT locked_until FROM login_failure WHERE instance_id = ? AND login_hash = ? AND locked_until > ?",
                        row -> Duration.between(now, Objects.requireNonNull(Sql.instant(row, "locked_until"))),
                        instanceId,
                        sha256(name),
                        now));
    }

    private void countFailure(String instanceId, String name, String from) {
        var now = clock.instant();
        var hash = sha256(name);
        Sql.inTransaction(source, sql -> {
            sql.update("DELETE FROM login_failure WHERE last_at < ?", now.minus(FAILURES_KEPT));
            // A lock that has opened, or failures of long ago, do not count any more.
            sql.update("""
                    INSERT INTO login_failure AS f (instance_id, login_hash, failures, last_at) VALUES (?, ?, 1, ?)
                    ON CONFLICT (instance_id, login_hash) DO UPDATE SET last_at = EXCLUDED.last_at, locked_until = NULL,
                      failures = CASE WHEN f.locked_until IS NOT NULL OR f.last_at < ? THEN 1 ELSE f.failures + 1 END
                    """, instanceId, hash, now, now.minus(LOCK));
            sql.update(
                    "UPDATE login_failure SET locked_until = ? WHERE instance_id = ? AND login_hash = ? AND failures >= ?",
                    now.plus(LOCK),
                    instanceId,
                    hash,
                    MAX_FAILURES);
            AuditTrail.note(sql, now, instanceId, name, "login.failed", name, Map.of("from", from));
            return true;
        });
    }

    private Optional<Account> account(String instanceId, String name) {
        return Sql.reading(
                source,
                sql -> sql.first(
                        "SELECT agent_id, password_hash FROM person WHERE instance_id = ? AND (lower(email) = ? OR mobile = ?)",
                        row -> new Account(
                                instanceId,
                                row.getString("agent_id"),
                                Optional.ofNullable(row.getString("password_hash"))),
                        instanceId,
                        name,
                        name));
    }

    private void note(String instanceId, String name, String action, String from) {
        Sql.inTransaction(source, sql -> {
            AuditTrail.note(sql, clock.instant(), instanceId, name, action, name, Map.of("from", from));
            return true;
        });
    }

    private static Session read(ResultSet row, byte[] tokenHash) throws SQLException {
        var roles = Arrays.stream((String[]) row.getArray("roles").getArray())
                .map(Role::valueOf)
                .collect(Collectors.toSet());
        Instant openedAt = Objects.requireNonNull(Sql.instant(row, "opened_at"));
        return new Session(
                HexFormat.of().formatHex(tokenHash, 0, 8),
                row.getString("instance_id"),
                row.getString("agent_id"),
                roles,
                Right.of(roles),
                openedAt);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
