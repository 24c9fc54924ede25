package dev.ringmaster.persistence.journal;

import dev.ringmaster.persistence.database.MasterKey;
import dev.ringmaster.persistence.database.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;

/// Writes events into the journal's table as the plugin does, without an actor system: for tests of readers and
/// read models.
public final class JournalWriter {
    private final DataSource source;
    private final PersonalKeys keys;
    private final EventCodec codec;
    private final Map<String, Long> sequence = new HashMap<>();

    public JournalWriter(DataSource source) {
        this.source = source;
        this.keys = new PersonalKeys(source, masterKey());
        this.codec = new EventCodec(keys);
    }

    public PersonalKeys keys() {
        return keys;
    }

    public EventCodec codec() {
        return codec;
    }

    public JournalReader reader() {
        return new JournalReader(codec, keys);
    }

    /// One transaction.
    public void write(String persistenceId, Object... events) {
        Sql.inTransaction(source, sql -> {
            write(sql, persistenceId, events);
            return true;
        });
    }

    /// In the transaction of this connection.
    public void write(Connection connection, String persistenceId, Object... events) {
        write(new Sql(connection), persistenceId, events);
    }

    private void write(Sql sql, String persistenceId, Object... events) {
        for (var event : events) {
            long seq;
            synchronized (sequence) {
                seq = sequence.merge(persistenceId, 1L, Long::sum);
            }
            sql.update("""
                    INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, adapter_manifest, event_ser_id,
                      event_ser_manifest, event_payload)
                    VALUES (?, ?, 'test', 0, '', 20260001, ?, ?)
                    """, persistenceId, seq, EventCodec.manifest(event), codec.write(persistenceId, event));
        }
    }

    static MasterKey masterKey() {
        try {
            return MasterKey.in(Files.createTempDirectory(Files.createDirectories(Path.of("target/secrets")), "s"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
