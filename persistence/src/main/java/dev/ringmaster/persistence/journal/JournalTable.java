package dev.ringmaster.persistence.journal;

import dev.ringmaster.persistence.database.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;

/// The plugin's table with statements of ours, each for many entities at once: the rows of a portion in one
/// transaction together with the keys that seal them, and the highest numbers of many entities in one question.
final class JournalTable {
    private static final String WRITE = """
            INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, adapter_manifest, event_ser_id,
              event_ser_manifest, event_payload)
            SELECT id, number, writer, written, manifest, serializer, event, payload
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS r (id, number, writer, written, manifest, serializer, event, payload)
            """;

    private final DataSource source;
    private final PersonalKeys keys;
    private final EventCodec codec;

    JournalTable(DataSource source, PersonalKeys keys, EventCodec codec) {
        this.source = source;
        this.keys = keys;
        this.codec = codec;
    }

    /// Writes all of it or, when a row does not fit, nothing.
    ///
    /// @return for each of the given portions what Pekko wants to know: which of its writes cannot be serialized
    List<Seq<Try<BoxedUnit>>> write(List<Seq<AtomicWrite>> portions) {
        return Sql.inTransaction(source, sql -> {
            var drawn = keys.drawing(sql, subjects(portions));
            var rows = new Rows();
            var results = new ArrayList<Seq<Try<BoxedUnit>>>(portions.size());
            for (var portion : portions) {
                var tried = new ArrayList<Try<BoxedUnit>>();
                for (var write : CollectionConverters.asJava(portion)) {
                    tried.add(rows.add(write, drawn, codec));
                }
                results.add(CollectionConverters.asScala(tried).toSeq());
            }
            if (!rows.ids.isEmpty()) {
                sql.update(WRITE, rows.columns());
            }
            sql.afterCommit(drawn::keep);
            return results;
        });
    }

    /// The highest number of each of these entities, 0 of one that has written nothing.
    List<Long> highest(List<String> persistenceIds) {
        var found = new HashMap<String, Long>();
        Sql.reading(
                source,
                sql -> sql.list("""
                        SELECT id, (SELECT max(sequence_number) FROM event_journal WHERE persistence_id = id) AS highest
                        FROM unnest(?) AS id
                        """, row -> found.put(row.getString("id"), row.getLong("highest")), persistenceIds));
        return persistenceIds.stream().map(id -> found.getOrDefault(id, 0L)).toList();
    }

    private static Set<String> subjects(List<Seq<AtomicWrite>> portions) {
        var subjects = new HashSet<String>();
        for (var portion : portions) {
            for (var write : CollectionConverters.asJava(portion)) {
                for (var event : CollectionConverters.asJava(write.payload())) {
                    if (EventCodec.knows(event.payload())) { // what it does not know is refused below, by itself
                        EventCodec.subject(event.persistenceId(), event.payload())
                                .ifPresent(subjects::add);
                    }
                }
            }
        }
        return subjects;
    }

    /// The columns of what is written.
    private static final class Rows {
        final List<String> ids = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final List<String> writers = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final List<String> adapters = new ArrayList<>();
        private final List<Integer> serializers = new ArrayList<>();
        private final List<String> manifests = new ArrayList<>();
        private final List<byte[]> payloads = new ArrayList<>();

        Try<BoxedUnit> add(AtomicWrite write, PersonalKeys.Drawn keys, EventCodec codec) {
            var events = CollectionConverters.asJava(write.payload());
            var bytes = new ArrayList<byte[]>();
            try {
                for (var event : events) {
                    bytes.add(codec.write(event.persistenceId(), event.payload(), keys::sealer));
                }
            } catch (RuntimeException e) {
                return new Failure<>(e);
            }
            for (int i = 0; i < events.size(); i++) {
                add(events.get(i), bytes.get(i));
            }
            return new Success<>(BoxedUnit.UNIT);
        }

        private void add(PersistentRepr event, byte[] bytes) {
            ids.add(event.persistenceId());
            numbers.add(event.sequenceNr());
            writers.add(event.writerUuid());
            times.add(event.timestamp());
            adapters.add(event.manifest());
            serializers.add(JournalSerializer.IDENTIFIER);
            manifests.add(EventCodec.manifest(event.payload()));
            payloads.add(bytes);
        }

        Object[] columns() {
            return new Object[] {
                ids,
                numbers.toArray(Long[]::new),
                writers,
                times.toArray(Long[]::new),
                adapters,
                serializers.toArray(Integer[]::new),
                manifests,
                payloads.toArray(byte[][]::new)
            };
        }
    }
}
