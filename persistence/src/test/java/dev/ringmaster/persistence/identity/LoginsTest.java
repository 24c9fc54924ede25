package dev.ringmaster.persistence.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.persistence.tenant.AuditTrail;
import dev.ringmaster.persistence.tenant.Instance;
import dev.ringmaster.persistence.tenant.Instances;
import dev.ringmaster.persistence.tenant.People;
import dev.ringmaster.persistence.tenant.Person;
import dev.ringmaster.persistence.tenant.Role;
import dev.ringmaster.spec.Spec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who is let in.
class LoginsTest {
    private static final String PASSWORD = "Ringmaster-demo-1";
    private final TestDatabase database = TestDatabase.create();
    private final MovableClock clock = new MovableClock();
    private final Logins logins = new Logins(database.source(), clock);
    private final AuditTrail audit = new AuditTrail(database.source());

    @BeforeEach
    void alice_and_the_administrator() {
        new Instances(database.source(), clock)
                .save(new Instance("ccc_1", "demo", "Demo", ZoneId.of("Asia/Shanghai"), 20, 50), "test");
        var people = new People(database.source(), clock);
        people.save(person("alice", Optional.of("Alice@demo.example"), Optional.of("13912345678"), Role.AGENT), "test");
        people.save(person("admin", Optional.of("admin@demo.example"), Optional.empty(), Role.ADMIN), "test");
        people.save(person("new", Optional.of("new@demo.example"), Optional.empty(), Role.AGENT), "test");
        logins.setPassword("ccc_1", "alice", PASSWORD, "test");
        logins.setPassword("ccc_1", "admin", PASSWORD, "test");
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    @Spec("ADM-001")
    void email_and_mobile_both_let_in_whatever_their_case_by_address_or_id() {
        for (var login : List.of("alice@demo.example", "ALICE@demo.example", "13912345678", " 13912345678 ")) {
            assertThat(login("demo", login, PASSWORD)).isInstanceOf(LoginResult.LoggedIn.class);
        }
        assertThat(login("ccc_1", "alice@demo.example", PASSWORD)).isInstanceOf(LoginResult.LoggedIn.class);
    }

    @Test
    @Spec({"ADM-001", "SYS-012"})
    void unknown_wrong_and_without_password_get_one_answer_after_about_the_same_time() {
        login("demo", "alice@demo.example", "warm"); // the first hash loads classes
        var wrong = timed("demo", "alice@demo.example", "wrong");
        var unknown = timed("demo", "nobody@demo.example", "wrong");
        var stranger = timed("elsewhere", "alice@demo.example", PASSWORD);
        var unset = timed("demo", "new@demo.example", "");
        for (var other : List.of(unknown, stranger, unset)) {
            assertThat(other).isBetween(wrong.dividedBy(4), wrong.multipliedBy(4));
        }
    }

    @Test
    @Spec("ADM-005")
    void five_failures_lock_for_fifteen_minutes_even_against_the_right_password() {
        for (int i = 0; i < Logins.MAX_FAILURES; i++) {
            assertThat(login("demo", "alice@demo.example", "wrong")).isEqualTo(new LoginResult.Failed());
        }
        assertThat(login("demo", "alice@demo.example", PASSWORD))
                .isEqualTo(new LoginResult.Locked(Duration.ofMinutes(15)));
        clock.advance(Duration.ofMinutes(14));
        assertThat(login("demo", "alice@demo.example", PASSWORD)).isInstanceOf(LoginResult.Locked.class);
        clock.advance(Duration.ofMinutes(1));
        assertThat(login("demo", "alice@demo.example", PASSWORD)).isInstanceOf(LoginResult.LoggedIn.class);
        assertThat(audit.newest("ccc_1", 100))
                .extracting(AuditTrail.Entry::action)
                .contains("login.failed", "login.locked", "login");
    }

    @Test
    @Spec("ADM-005")
    void a_lock_says_nothing_about_whether_there_is_such_a_login() {
        for (int i = 0; i < Logins.MAX_FAILURES; i++) {
            assertThat(login("demo", "nobody@demo.example", "wrong")).isEqualTo(new LoginResult.Failed());
        }
        assertThat(login("demo", "nobody@demo.example", "wrong")).isInstanceOf(LoginResult.Locked.class);
    }

    @Test
    @Spec("ADM-005")
    void a_hundred_guesses_at_once_are_still_five() {
        var answers = IntStream.range(0, 40)
                .parallel()
                .mapToObj(i -> login("demo", "alice@demo.example", "guess " + i))
                .toList();
        assertThat(answers).filteredOn(LoginResult.Failed.class::isInstance).hasSize(Logins.MAX_FAILURES);
    }

    @Test
    @Spec("ADM-005")
    void a_success_forgets_the_failures_before_it() {
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < Logins.MAX_FAILURES; i++) {
                login("demo", "alice@demo.example", "wrong");
            }
            assertThat(login("demo", "alice@demo.example", PASSWORD)).isInstanceOf(LoginResult.LoggedIn.class);
        }
    }

    @Test
    @Spec("ADM-005")
    void a_session_lives_while_it_is_used_and_dies_after_twelve_idle_hours() {
        var token = loggedIn("alice@demo.example").accessToken();
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofHours(11));
            assertThat(logins.session(token)).isPresent();
        }
        clock.advance(Duration.ofHours(12).plusSeconds(1));
        assertThat(logins.session(token)).isEmpty();
    }

    @Test
    @Spec("ADM-005")
    void a_session_ends_with_log_out_and_with_a_new_password() {
        var first = loggedIn("alice@demo.example").accessToken();
        var second = loggedIn("alice@demo.example").accessToken();
        logins.logOut(first);
        assertThat(logins.session(first)).isEmpty();
        assertThat(logins.session(second)).isPresent();
        logins.setPassword("ccc_1", "alice", PASSWORD, "test");
        assertThat(logins.session(second)).as("the same password again").isPresent();
        logins.setPassword("ccc_1", "alice", "another", "test");
        assertThat(logins.session(second)).isEmpty();
        assertThat(logins.session("made up")).isEmpty();
    }

    @Test
    @Spec({"ADM-006", "ADM-015"})
    void rights_follow_the_role() {
        assertThat(loggedIn("alice@demo.example").session().rights()).containsExactly(Right.WORKBENCH);
        assertThat(loggedIn("admin@demo.example").session().rights()).contains(Right.QUEUE_ALL, Right.CALLS_ALL);
    }

    @Test
    @Spec("SYS-012")
    void neither_passwords_nor_tokens_stand_in_the_tables() {
        var token = loggedIn("alice@demo.example").accessToken();
        var tables = Sql.reading(database.source(), sql -> sql.list("""
                        SELECT p::text AS line FROM person p UNION ALL SELECT s::text FROM login_session s
                        UNION ALL SELECT f::text FROM login_failure f UNION ALL SELECT a::text FROM audit a
                        """, row -> row.getString("line")));
        assertThat(tables.toString())
                .doesNotContain(PASSWORD)
                .doesNotContain(token)
                .contains("$argon2id$");
    }

    private LoginResult login(String instance, String login, String password) {
        return logins.login(instance, login, password, "127.0.0.1");
    }

    private LoginResult.LoggedIn loggedIn(String login) {
        return (LoginResult.LoggedIn) login("demo", login, PASSWORD);
    }

    private Duration timed(String instance, String login, String password) {
        var best = Duration.ofDays(1);
        for (int i = 0; i < 3; i++) {
            var begin = System.nanoTime();
            assertThat(login(instance, login, password)).isEqualTo(new LoginResult.Failed());
            var took = Duration.ofNanos(System.nanoTime() - begin);
            best = took.compareTo(best) < 0 ? took : best;
        }
        return best;
    }

    private static Person person(String id, Optional<String> email, Optional<String> mobile, Role role) {
        return new Person(
                id,
                "ccc_1",
                email,
                mobile,
                "Real " + id,
                "Display " + id,
                Set.of(role),
                "",
                "",
                Person.Settings.DEFAULT);
    }

    /// A clock that stands still until it is moved.
    private static final class MovableClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-22T09:00:00Z");

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
