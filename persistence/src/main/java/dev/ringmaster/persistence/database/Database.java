package dev.ringmaster.persistence.database;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/// The database of this installation, opened and migrated: the embedded PostgreSQL of this node, or an outside one.
/// Close it last.
public final class Database implements AutoCloseable {
    private static final String NAME = "ringmaster";

    private final Optional<EmbeddedServer> server;
    private final String url;
    private final Optional<String> password;
    private final Path secrets;
    private final MasterKey masterKey;
    private final HikariDataSource pool;

    private Database(
            Optional<EmbeddedServer> server, String url, Optional<String> password, Path secrets, int connections) {
        this.server = server;
        this.url = url;
        this.password = password;
        this.secrets = secrets;
        this.masterKey = MasterKey.in(secrets);
        this.pool = pool(connections);
    }

    /// Starts the server (or reaches the outside one), runs the migrations. Everything that was committed is there
    /// again.
    public static Database open(DatabaseSettings settings) {
        var secrets = settings.data().resolve("secrets");
        if (settings.url().isPresent()) {
            return migrated(new Database(
                    Optional.empty(), settings.url().get(), Optional.empty(), secrets, settings.connections()));
        }
        var password = Secrets.text(secrets.resolve("database-password"));
        var server =
                EmbeddedServer.start(settings.data(), settings.data().resolve("postgres-binaries"), password, true);
        try {
            createDatabase(server, password);
            return migrated(new Database(
                    Optional.of(server), server.jdbcUrl(NAME), Optional.of(password), secrets, settings.connections()));
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    public DataSource dataSource() {
        return pool;
    }

    public String jdbcUrl() {
        return url;
    }

    /// The key that wraps the keys of personal values. All nodes of one outside database need the same file.
    public MasterKey masterKey() {
        return masterKey;
    }

    /// What the journal plugin and our serializer need to reach this database; goes over `reference/journal.conf`.
    public Config config() {
        var db = new LinkedHashMap<String, Object>();
        db.put("url", url);
        db.put("driver", "org.postgresql.Driver");
        password.ifPresent(secret -> {
            db.put("user", EmbeddedServer.USER);
            db.put("password", secret);
        });
        return ConfigFactory.parseMap(Map.of(
                "pekko-persistence-jdbc.shared-databases.slick.db",
                db,
                "ringmaster.personal-values.master-key",
                MasterKey.file(secrets).toAbsolutePath().toString()));
    }

    /// The process of the embedded server; empty with an outside database.
    public Optional<Long> serverPid() {
        return server.map(EmbeddedServer::pid);
    }

    @Override
    public void close() {
        pool.close();
        server.ifPresent(EmbeddedServer::close);
    }

    private HikariDataSource pool(int connections) {
        var config = new HikariConfig();
        config.setPoolName("ringmaster");
        config.setJdbcUrl(url);
        password.ifPresent(secret -> {
            config.setUsername(EmbeddedServer.USER);
            config.setPassword(secret);
        });
        config.setMaximumPoolSize(connections);
        config.setMinimumIdle(Math.min(2, connections));
        config.setConnectionTimeout(10_000);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("ApplicationName", "ringmaster");
        return new HikariDataSource(config);
    }

    private static Database migrated(Database database) {
        try {
            Flyway.configure()
                    .dataSource(database.pool)
                    .locations("classpath:db/migration")
                    .loggers("slf4j")
                    .load()
                    .migrate();
            RestoredJournal.settle(database.pool);
            return database;
        } catch (RuntimeException e) {
            database.pool.close();
            throw e;
        }
    }

    private static void createDatabase(EmbeddedServer server, String password) {
        try (var connection = DriverManager.getConnection(server.jdbcUrl("postgres"), EmbeddedServer.USER, password);
                var statement = connection.createStatement()) {
            try (var found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("CREATE DATABASE " + NAME);
        } catch (SQLException e) {
            throw new DatabaseException("The embedded database cannot be created", e);
        }
    }

    /// Deletes nothing, but tells whether this folder holds a database already.
    public static boolean exists(Path data) throws IOException {
        return Files.exists(data.resolve("postgres/PG_VERSION"));
    }
}
