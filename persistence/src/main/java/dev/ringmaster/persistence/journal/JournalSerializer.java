package dev.ringmaster.persistence.journal;

import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/// Writes and reads the journal's events and snapshots for Pekko. Bound by class name in
/// `cluster-config/reference/journal.conf`. Through it only snapshots are written ([SealingSnapshotDao] says
/// whose they are); events go through [JournalTable].
public final class JournalSerializer extends SerializerWithStringManifest {
    /// Stands in every row; never changes.
    static final int IDENTIFIER = 20_260_001;

    private final ExtendedActorSystem system;

    public JournalSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object journaled) {
        return EventCodec.manifest(of(journaled).event());
    }

    @Override
    public byte[] toBinary(Object journaled) {
        var whole = of(journaled);
        return JournalKeys.ID.get(system).codec().write(whole.persistenceId(), whole.event());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return JournalKeys.ID.get(system).codec().read(manifest, bytes);
    }

    private static Journaled of(Object object) {
        if (object instanceof Journaled journaled) {
            return journaled;
        }
        throw new IllegalArgumentException("Not on its way into the journal: " + object.getClass());
    }
}
