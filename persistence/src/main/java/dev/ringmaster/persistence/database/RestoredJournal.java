package dev.ringmaster.persistence.database;

import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A journal that was restored into another server brings transaction numbers of the old one. Where they lie ahead
/// of the new server's, readers would wait for ever and new events would stand before old ones; so they are all set
/// to the beginning, and the read models are made anew.
final class RestoredJournal {
    private static final Logger LOG = LoggerFactory.getLogger(RestoredJournal.class);

    private RestoredJournal() {}

    static void settle(DataSource source) {
        var foreign = Sql.reading(source, sql -> sql.exists("""
                        SELECT 1 FROM (SELECT xid FROM event_journal ORDER BY xid DESC LIMIT 1) AS newest
                        WHERE newest.xid >= pg_snapshot_xmax(pg_current_snapshot())
                        """));
        if (foreign) {
            LOG.warn("The journal comes from another server: its order is kept, the read models are made anew");
            Sql.inTransaction(source, sql -> {
                sql.update("UPDATE event_journal SET xid = '0'");
                sql.update(
                        "TRUNCATE call_record, call_phase, call_note, agent_interval, open_entity, projection_offset");
                return true;
            });
        }
    }
}
