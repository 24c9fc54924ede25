package dev.ringmaster.persistence.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.ringmaster.persistence.database.MasterKey;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.apache.pekko.actor.ExtensionIdProvider;

/// Keys of personal values and the table, for the journal plugin of one actor system, which makes
/// its own parts and cannot be
/// handed any: address and master key come from the configuration, as
/// [dev.ringmaster.persistence.database.Database#config] gives it.
final class JournalKeys implements Extension {
    static final Id ID = new Id();

    private static final String DATABASE = "pekko-persistence-jdbc.shared-databases.slick.db.";
    /// Two that write, one that looks up, one to spare.
    private static final int CONNECTIONS = 4;

    private final EventCodec codec;
    private final JournalTable table;
    /// Platform threads: at thousands of short statements a second, parking virtual ones is what costs.
    private final ExecutorService threads = Executors.newFixedThreadPool(
            CONNECTIONS, Thread.ofPlatform().name("journal-", 0).daemon().factory());

    private volatile Predicate<String> unborn = _ -> false;

    private JournalKeys(ExtendedActorSystem system) {
        var config = system.settings().config();
        var pool = new HikariConfig();
        pool.setPoolName("journal-keys");
        pool.setJdbcUrl(config.getString(DATABASE + "url"));
        if (config.hasPath(DATABASE + "user")) {
            pool.setUsername(config.getString(DATABASE + "user"));
            pool.setPassword(config.getString(DATABASE + "password"));
        }
        pool.setMaximumPoolSize(CONNECTIONS);
        pool.setMinimumIdle(CONNECTIONS);
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(10_000);
        var source = new HikariDataSource(pool);
        system.registerOnTermination(() -> {
            threads.shutdownNow();
            source.close();
        });
        var master = MasterKey.read(Path.of(config.getString("ringmaster.personal-values.master-key")));
        var keys = new PersonalKeys(source, master);
        codec = new EventCodec(keys);
        table = new JournalTable(source, keys, codec);
    }

    /// Who knows of entities that nothing can be journaled of yet.
    void unborn(Predicate<String> whether) {
        unborn = whether;
    }

    /// Whether nothing can be journaled of this entity yet.
    boolean isUnborn(String persistenceId) {
        return unborn.test(persistenceId);
    }

    EventCodec codec() {
        return codec;
    }

    JournalTable table() {
        return table;
    }

    /// Where the database may be waited for.
    ExecutorService threads() {
        return threads;
    }

    static final class Id extends AbstractExtensionId<JournalKeys> implements ExtensionIdProvider {
        @Override
        public JournalKeys createExtension(ExtendedActorSystem system) {
            return new JournalKeys(system);
        }

        @Override
        public Id lookup() {
            return this;
        }
    }
}
