package dev.ringmaster.persistence.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A PostgreSQL server of our own: data directory, port and password of its own, durable settings. It is a separate
/// process and lives on when we are killed; the next start finds it by its `postmaster.pid`, stops it and starts it
/// again. Should it die alone while we live, it is started again on the same port: entities whose writes failed
/// meanwhile read what is true and go on.
final class EmbeddedServer implements AutoCloseable {
    static final String USER = "ringmaster";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final int START_ATTEMPTS = 3;
    /// Redo after a crash can take long on a slow disk; giving up early would only crash it again.
    private static final int START_SECONDS = 120;

    private static final int STOP_SECONDS = 60;

    /// How often we look whether it lives. Shorter only spares parts of a second of failed writes.
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Path data;
    private final Path home;
    private final Path log;
    private final String password;
    private final ServerAccount account;
    private final FileChannel lockFile;
    private final int port;
    private final boolean durable;
    private boolean stopped;

    private EmbeddedServer(
            Path data,
            Path home,
            Path log,
            String password,
            ServerAccount account,
            FileChannel lockFile,
            int port,
            boolean durable) {
        this.data = data;
        this.home = home;
        this.log = log;
        this.password = password;
        this.account = account;
        this.lockFile = lockFile;
        this.port = port;
        this.durable = durable;
    }

    /// @param root holds `postgres` (the data directory), `postgres.log` and the lock against a second process
    /// @param binaries where the unpacked programs are kept
    /// @param durable fsync and synchronous commit; off only in tests that lose nothing by a crash
    static EmbeddedServer start(Path root, Path binaries, String password, boolean durable) {
        try {
            Files.createDirectories(root);
            var folder = root.toRealPath();
            var lockFile = lock(folder.resolve("postgres.lock"));
            try {
                return start(folder, ServerBinaries.unpacked(binaries.toAbsolutePath()), lockFile, password, durable);
            } catch (IOException | RuntimeException e) {
                lockFile.close();
                throw e;
            }
        } catch (IOException e) {
            throw new DatabaseException("The embedded database cannot be started in " + root, e);
        }
    }

    private static EmbeddedServer start(Path folder, Path home, FileChannel lockFile, String password, boolean durable)
            throws IOException {
        var data = folder.resolve("postgres");
        var log = folder.resolve("postgres.log");
        var account = ServerAccount.choose();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(folder, data, home, password, account);
        }
        stopOrphan(data, home, account);
        for (int attempt = 1; ; attempt++) {
            var server = new EmbeddedServer(data, home, log, password, account, lockFile, freePort(), durable);
            try {
                server.launch();
                Thread.ofVirtual().name("embedded-postgres").start(server::guard);
                return server;
            } catch (DatabaseException e) {
                // The free port can be taken by somebody else before the server binds it.
                if (attempt == START_ATTEMPTS) {
                    throw e;
                }
                LOG.warn("Embedded PostgreSQL did not start (attempt {}): {}", attempt, e.getMessage());
            }
        }
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    Path dataDirectory() {
        return data;
    }

    /// The process id of the server, as its own file says.
    long pid() {
        return postmaster(data).orElseThrow(() -> new DatabaseException("The embedded PostgreSQL is not running"));
    }

    private void guard() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                if (!stands()) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts the server again if it has died.
    ///
    /// @return false when nobody wants it any more
    private synchronized boolean stands() {
        if (!stopped && postmaster(data).isEmpty()) {
            LOG.error("The embedded PostgreSQL has died; it is started again");
            try {
                Files.deleteIfExists(data.resolve("postmaster.pid"));
                launch();
            } catch (IOException | DatabaseException e) {
                // Its orphaned workers need a moment to notice, and a start beside them is refused.
                LOG.warn("It did not start yet: {}", e.getMessage());
            }
        }
        return !stopped;
    }

    /// Ends the server after a last checkpoint. The data directory can be opened again.
    @Override
    public synchronized void close() {
        if (stopped) {
            return;
        }
        stopped = true;
        try {
            control(home, account, List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "" + STOP_SECONDS));
        } catch (DatabaseException e) {
            if (postmaster(data).isPresent()) {
                throw e;
            }
        } finally {
            try {
                lockFile.close();
            } catch (IOException e) {
                LOG.warn("The lock of {} could not be closed", data, e);
            }
        }
    }

    private void launch() throws IOException {
        Files.writeString(data.resolve("ringmaster.conf"), settings(port, durable));
        account.lend(data);
        control(
                home,
                account,
                List.of("start", "-D", data.toString(), "-l", log.toString(), "-w", "-t", "" + START_SECONDS, "-s"));
        var served = servedDirectory();
        if (!served.equals(data)) {
            throw new DatabaseException("Port " + port + " is served by another PostgreSQL, of " + served);
        }
    }

    private Path servedDirectory() {
        try (var connection = DriverManager.getConnection(jdbcUrl("postgres"), USER, password);
                var statement = connection.createStatement();
                var answer = statement.executeQuery("SHOW data_directory")) {
            answer.next();
            return Path.of(answer.getString(1));
        } catch (SQLException e) {
            throw new DatabaseException("The embedded PostgreSQL does not let us in", e);
        }
    }

    private static String settings(int port, boolean durable) {
        var onOff = durable ? "on" : "off";
        return """
               # Written at each start.
               listen_addresses = '127.0.0.1'
               port = %d
               unix_socket_directories = ''
               fsync = %s
               synchronous_commit = %s
               full_page_writes = %s
               # At a thousand calls a second 1 GB is written in half a minute, and after each checkpoint every page whole.
               max_wal_size = '2GB'
               password_encryption = 'scram-sha-256'
               max_connections = 200
               timezone = 'UTC'
               log_timezone = 'UTC'
               # Statements can hold personal values.
               log_min_error_statement = panic
               log_parameter_max_length_on_error = 0
               """.formatted(port, onOff, onOff, onOff);
    }

    private static void initialise(Path folder, Path data, Path home, String password, ServerAccount account)
            throws IOException {
        // A kill in the middle of initdb leaves a directory that initdb refuses to touch; it holds nothing yet.
        var beside = folder.resolve("postgres.initialising");
        deleteTree(beside);
        Files.createDirectories(beside);
        account.lend(beside);
        var passwordFile = Files.createTempFile(folder, "password", "");
        try {
            Files.writeString(passwordFile, password + "\n");
            account.lend(passwordFile);
            run(account.command(List.of(
                    home.resolve("bin/initdb").toString(),
                    "-D",
                    beside.toString(),
                    "-U",
                    USER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--locale=C.UTF-8")));
        } finally {
            Files.delete(passwordFile);
        }
        Files.writeString(
                beside.resolve("postgresql.conf"), "\ninclude 'ringmaster.conf'\n", StandardOpenOption.APPEND);
        Files.move(beside, data);
    }

    /// A server that outlived a killed process still serves our directory: with old settings, on a port we do not
    /// know. Stop it.
    private static void stopOrphan(Path data, Path home, ServerAccount account) throws IOException {
        var pid = postmaster(data);
        if (pid.isPresent()) {
            LOG.info("Stopping the PostgreSQL (process {}) that an earlier run left behind in {}", pid.get(), data);
            control(home, account, List.of("stop", "-D", data.toString(), "-m", "fast", "-w", "-t", "" + STOP_SECONDS));
        } else {
            // Written by a server that was killed. Its number may belong to a stranger by now, which would keep ours
            // from starting.
            Files.deleteIfExists(data.resolve("postmaster.pid"));
        }
    }

    /// The living PostgreSQL that serves this very directory.
    private static Optional<Long> postmaster(Path data) {
        try {
            var lines = Files.readAllLines(data.resolve("postmaster.pid"));
            var pid = Long.parseLong(lines.getFirst().strip());
            var command = Files.readString(Path.of("/proc", "" + pid, "cmdline"), StandardCharsets.ISO_8859_1)
                    .split("\0", -1);
            var arguments = List.of(command);
            var serves = arguments.getFirst().endsWith("postgres") && arguments.contains(data.toString());
            return serves ? Optional.of(pid) : Optional.empty();
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static FileChannel lock(Path file) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new DatabaseException(
                    "Another Ringmaster uses " + file.getParent() + "; each node needs its own RINGMASTER_DATA.");
        }
        return channel;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void control(Path home, ServerAccount account, List<String> arguments) {
        var command = new ArrayList<>(List.of(home.resolve("bin/pg_ctl").toString()));
        command.addAll(arguments);
        run(account.command(command));
    }

    private static void run(List<String> command) {
        try {
            // To a file, not a pipe: the server inherits it, and would keep a pipe open for as long as it lives.
            var output = Files.createTempFile("ringmaster-postgres", ".log");
            try {
                var process = new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectInput(ProcessBuilder.Redirect.from(
                                Path.of("/dev/null").toFile()))
                        .redirectOutput(output.toFile())
                        .start();
                if (!process.waitFor(START_SECONDS + STOP_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new DatabaseException("No end of: " + String.join(" ", command));
                }
                if (process.exitValue() != 0) {
                    throw new DatabaseException(
                            "Failed: " + String.join(" ", command) + "\n" + Files.readString(output));
                }
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new DatabaseException("Cannot run " + command.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("Interrupted while running " + command.getFirst(), e);
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
