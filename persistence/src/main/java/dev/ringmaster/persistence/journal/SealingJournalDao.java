package dev.ringmaster.persistence.journal;

import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.jdbc.config.JournalConfig;
import org.apache.pekko.persistence.jdbc.journal.dao.DefaultJournalDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;
import scala.util.Try;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/// The plugin's journal, whose two hottest questions go to [JournalTable] instead: personal values are sealed with the
/// key of the entity they belong to, and writes and starts of many entities share statements. Replays are the
/// plugin's.
public final class SealingJournalDao extends DefaultJournalDao {
    private final JournalKeys ours;
    private final Gathering<Seq<AtomicWrite>, Seq<Try<BoxedUnit>>> writes;
    private final Gathering<String, Long> starts;
    private final AppendTimes times;

    public SealingJournalDao(
            JdbcBackend.JdbcDatabaseDef db,
            JdbcProfile profile,
            JournalConfig config,
            Serialization serialization,
            ExecutionContext context,
            Materializer materializer) {
        super(db, profile, config, serialization, context, materializer);
        ours = JournalKeys.ID.get(serialization.system());
        times = AppendTimes.of(serialization.system());
        var limits = config.daoConfig();
        writes = new Gathering<>(
                ours.threads(),
                new Gathering.Limits(limits.parallelism(), limits.batchSize(), limits.bufferSize()),
                ours.table()::write);
        starts = new Gathering<>(
                ours.threads(),
                new Gathering.Limits(1, limits.batchSize(), limits.bufferSize()),
                ours.table()::highest);
    }

    @Override
    public Future<Seq<Try<BoxedUnit>>> asyncWriteMessages(Seq<AtomicWrite> messages) {
        return FutureConverters.asScala(times.of(() -> writes.ask(messages)));
    }

    @Override
    public Future<Object> highestSequenceNr(String persistenceId, long fromSequenceNr) {
        return ours.isUnborn(persistenceId)
                ? Future.successful(0L)
                : FutureConverters.asScala(starts.ask(persistenceId).thenApply(number -> number));
    }
}
