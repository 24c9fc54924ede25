package dev.ringmaster.persistence.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/// A migrated database of its own for one test, on the one PostgreSQL of this test JVM.
public final class TestDatabase implements AutoCloseable {
    private static final String PASSWORD = "only-for-tests";
    private static final String TEMPLATE = "migrated";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedServer server;

    private final String name;
    private final HikariDataSource pool;

    private TestDatabase(String name, HikariDataSource pool) {
        this.name = name;
        this.pool = pool;
    }

    public static TestDatabase create() {
        var running = server();
        var name = "test_" + NUMBER.incrementAndGet();
        execute(running, "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE);
        return new TestDatabase(name, pool(running.jdbcUrl(name)));
    }

    public DataSource source() {
        return pool;
    }

    public String url() {
        return server().jdbcUrl(name);
    }

    public String urlWithPassword() {
        return url() + "?user=" + EmbeddedServer.USER + "&password=" + PASSWORD;
    }

    @Override
    public void close() {
        pool.close();
        execute(server(), "DROP DATABASE " + name + " WITH (FORCE)");
    }

    private static synchronized EmbeddedServer server() {
        if (server != null) {
            return server;
        }
        try {
            var root = Files.createTempDirectory(Files.createDirectories(Path.of("target/postgres")), "server");
            var started = EmbeddedServer.start(root, Path.of("target/postgres-binaries"), PASSWORD, false);
            Runtime.getRuntime().addShutdownHook(new Thread(started::close));
            execute(started, "CREATE DATABASE " + TEMPLATE);
            try (var pool = pool(started.jdbcUrl(TEMPLATE))) {
                Flyway.configure().dataSource(pool).loggers("slf4j").load().migrate();
            }
            server = started;
            return started;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static HikariDataSource pool(String url) {
        var config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(EmbeddedServer.USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(10);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    private static void execute(EmbeddedServer server, String statement) {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"), EmbeddedServer.USER, PASSWORD);
                var prepared = connection.createStatement()) {
            prepared.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }
}
