package dev.ringmaster.persistence.journal;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/// The plugin's journal table, written with the name of the entity beside each event, so that its personal values
/// can be sealed with the key of that entity. A key that is missing is drawn before the first write, once a call.
public final class SealingJournalDao extends DefaultJournalDao {
    private final JournalKeys keys;
    private final ExecutionContext context;

    public SealingJournalDao(
            JdbcBackend.JdbcDatabaseDef db,
            JdbcProfile profile,
            JournalConfig config,
            Serialization serialization,
            ExecutionContext context,
            Materializer materializer) {
        super(db, profile, config, serialization, context, materializer);
        this.keys = JournalKeys.ID.get(serialization.system());
        this.context = context;
    }

    @Override
    public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
        Set<String> subjects = new HashSet<>();
        var named = CollectionConverters.asJava(messages).stream()
                .map(write -> new AtomicWrite(toScala(CollectionConverters.asJava(write.payload()).stream()
                        .map(event -> named(event, subjects))
                        .toList())))
                .toList();
        if (keys.keys().have(subjects)) {
            return super.asyncWriteMessages(toScala(named));
        }
        var fetched = CompletableFuture.supplyAsync(
                () -> {
                    keys.keys().ensure(subjects);
                    return BoxedUnit.UNIT;
                },
                keys.threads());
        return FutureConverters.asScala(fetched).flatMap(_ -> super.asyncWriteMessages(toScala(named)), context);
    }

    private static PersistentRepr named(PersistentRepr event, Set<String> subjects) {
        EventCodec.subject(event.persistenceId(), event.payload()).ifPresent(subjects::add);
        return event.withPayload(new Journaled(event.persistenceId(), event.payload()));
    }

    private static <T> Seq<T> toScala(java.util.List<T> list) {
        return CollectionConverters.asScala(list).toSeq();
    }
}
