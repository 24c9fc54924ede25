package dev.ringmaster.persistence.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.spec.Spec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The embedded server through its life: first start, orderly and violent ends, orphans, strangers.
@Tag("peer")
@Spec({"SYS-004", "SYS-013"})
class DatabaseTest {
    @TempDir
    Path data;

    @Test
    void keeps_what_was_committed_over_stop_and_start() {
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            write(database, "first");
        }
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            assertThat(read(database)).containsExactly("first");
        }
    }

    @Test
    void is_durable_and_lets_nobody_in_without_the_password() throws Exception {
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            assertThat(setting(database, "fsync")).isEqualTo("on");
            assertThat(setting(database, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(database, "full_page_writes")).isEqualTo("on");
            assertThat(Path.of(setting(database, "data_directory")))
                    .isEqualTo(data.toRealPath().resolve("postgres"));
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), EmbeddedServer.USER, "")
                            .close())
                    .hasMessageContaining("password");
            assertThatThrownBy(() -> DriverManager.getConnection(database.jdbcUrl(), EmbeddedServer.USER, "wrong")
                            .close())
                    .hasMessageContaining("password authentication failed");
            for (var secret : List.of("secrets/database-password", "secrets/personal-values.key")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                        .as(secret)
                        .isEqualTo("rw-------");
            }
            assertThat(Files.readString(data.resolve("postgres/pg_hba.conf")))
                    .doesNotContainPattern("(?m)^[^#].*trust");
        }
    }

    @Test
    void finds_everything_after_the_server_was_killed() {
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            write(database, "before the crash");
            kill(database);
        }
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            assertThat(read(database)).containsExactly("before the crash");
        }
    }

    @Test
    void is_started_again_when_the_server_dies_alone() {
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            write(database, "before it died");
            var url = database.jdbcUrl();
            kill(database);
            assertThat(readWhenItStands(database)).containsExactly("before it died");
            assertThat(database.jdbcUrl()).as("its users know one address").isEqualTo(url);
            write(database, "and on");
        }
    }

    @Test
    void takes_over_the_server_that_a_killed_process_left_behind() throws Exception {
        // What kill -9 of the whole JVM leaves: a server that runs on, and no lock.
        var home = ServerBinaries.unpacked(data.resolve("postgres-binaries").toAbsolutePath());
        long orphan;
        var database = Database.open(DatabaseSettings.embedded(data));
        write(database, "of the earlier life");
        database.close();
        var account = ServerAccount.choose();
        var folder = data.toRealPath().resolve("postgres");
        new ProcessBuilder(account.command(List.of(
                        home.resolve("bin/pg_ctl").toString(),
                        "start",
                        "-w",
                        "-D",
                        folder.toString(),
                        "-l",
                        "" + data.resolve("o.log"))))
                .redirectOutput(data.resolve("out").toFile())
                .start()
                .waitFor();
        orphan = Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).getFirst());
        assertThat(ProcessHandle.of(orphan)).isPresent();

        try (var again = Database.open(DatabaseSettings.embedded(data))) {
            assertThat(read(again)).containsExactly("of the earlier life");
            assertThat(again.serverPid()).isPresent().get().isNotEqualTo(orphan);
            // Ended; in a container nobody may collect it.
            var command = Path.of("/proc/" + orphan + "/cmdline");
            assertThat(Files.exists(command) ? Files.readString(command) : "").isEmpty();
        }
    }

    @Test
    void is_not_misled_by_a_process_file_that_names_a_stranger() throws Exception {
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            write(database, "kept");
            kill(database);
        }
        var file = data.resolve("postgres/postmaster.pid");
        var lines = Files.exists(file)
                ? Files.readAllLines(file)
                : List.of("", data.resolve("postgres").toString());
        var stranger = new java.util.ArrayList<>(lines);
        stranger.set(0, "" + ProcessHandle.current().pid());
        Files.write(file, stranger);

        try (var again = Database.open(DatabaseSettings.embedded(data))) {
            assertThat(read(again)).containsExactly("kept");
        }
    }

    @Test
    void refuses_a_folder_that_another_process_uses() {
        try (var database = Database.open(DatabaseSettings.embedded(data))) {
            assertThatThrownBy(() -> Database.open(DatabaseSettings.embedded(data)))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("RINGMASTER_DATA");
            write(database, "untouched");
            assertThat(read(database)).containsExactly("untouched");
        }
    }

    @Test
    void takes_an_outside_server_by_its_url() {
        try (var outside = TestDatabase.create();
                var database = Database.open(DatabaseSettings.of(data, Optional.of(outside.urlWithPassword())))) {
            write(database, "outside");
            assertThat(read(database)).containsExactly("outside");
            assertThat(database.serverPid()).isEmpty();
            assertThat(data.resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void a_journal_restored_from_a_server_that_was_further_is_read_from_the_beginning() {
        try (var outside = TestDatabase.create()) {
            Sql.inTransaction(outside.source(), sql -> {
                sql.update("""
                        INSERT INTO event_journal (persistence_id, sequence_number, writer, event_ser_id, event_ser_manifest, event_payload,
                          xid) VALUES ('call|c-1', 1, '', 1, '', '', '99999999999')
                        """);
                return sql.update("INSERT INTO projection_offset (name, xid, ordering) VALUES ('x', '99999999999', 1)");
            });
            for (int start = 0; start < 2; start++) {
                Database.open(DatabaseSettings.of(data, Optional.of(outside.urlWithPassword())))
                        .close();
                List<String> places = Sql.reading(
                        outside.source(),
                        sql -> sql.list("SELECT xid::text FROM event_journal", row -> row.getString(1)));
                assertThat(places).containsExactly("0");
                boolean offset = Sql.reading(outside.source(), sql -> sql.exists("SELECT 1 FROM projection_offset"));
                assertThat(offset).isFalse();
            }
        }
    }

    private static void kill(Database database) {
        var server = ProcessHandle.of(database.serverPid().orElseThrow()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();
    }

    private static void write(Database database, String text) {
        Sql.inTransaction(
                database.dataSource(),
                sql -> sql.update(
                        "INSERT INTO audit (at, instance_id, by_whom, action, subject, detail) VALUES (now(), '', '', ?, '', '{}')",
                        text));
    }

    private static List<String> read(Database database) {
        return Sql.reading(
                database.dataSource(),
                sql -> sql.list("SELECT action FROM audit ORDER BY audit_id", row -> row.getString(1)));
    }

    /// Each try waits for a connection by itself, up to the pool's own limit.
    private static List<String> readWhenItStands(Database database) {
        for (int tries = 1; ; tries++) {
            try {
                return read(database);
            } catch (RuntimeException e) {
                if (tries == 30) {
                    throw e;
                }
            }
        }
    }

    private static String setting(Database database, String name) {
        return Sql.reading(
                        database.dataSource(),
                        sql -> sql.first("SELECT current_setting(?)", row -> row.getString(1), name))
                .orElseThrow();
    }
}
