package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader.Entry;

/// The list of entities that must be awake.
final class OpenEntityTable {
    private OpenEntityTable() {}

    static void set(Sql sql, Entry entry, boolean open) {
        set(sql, entry.persistenceId(), entry.kind(), entry.entityId(), open);
    }

    static void set(Sql sql, String persistenceId, String kind, String entityId, boolean open) {
        if (open) {
            sql.update(
                    "INSERT INTO open_entity (persistence_id, kind, entity_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    persistenceId,
                    kind,
                    entityId);
        } else {
            sql.update("DELETE FROM open_entity WHERE persistence_id = ?", persistenceId);
        }
    }
}
