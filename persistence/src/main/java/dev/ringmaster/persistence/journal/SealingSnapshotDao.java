package dev.ringmaster.persistence.journal;

import org.apache.pekko.persistence.SnapshotMetadata;
import org.apache.pekko.persistence.jdbc.config.SnapshotConfig;
import org.apache.pekko.persistence.jdbc.snapshot.dao.DefaultSnapshotDao;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.stream.Materializer;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.runtime.BoxedUnit;
import slick.jdbc.JdbcBackend;
import slick.jdbc.JdbcProfile;

/// The plugin's snapshot table, personal values sealed as in [SealingJournalDao]. Snapshots are rare (every 200
/// events of an agent), so a missing key is fetched where it is needed.
public final class SealingSnapshotDao extends DefaultSnapshotDao {
    public SealingSnapshotDao(
            JdbcBackend.JdbcDatabaseDef db,
            JdbcProfile profile,
            SnapshotConfig config,
            Serialization serialization,
            ExecutionContext context,
            Materializer materializer) {
        super(db, profile, config, serialization, context, materializer);
    }

    @Override
    public Future<BoxedUnit> save(SnapshotMetadata metadata, Object snapshot) {
        return super.save(metadata, new Journaled(metadata.persistenceId(), snapshot));
    }
}
