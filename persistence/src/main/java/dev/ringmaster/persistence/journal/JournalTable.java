package dev.ringmaster.persistence.journal;

import dev.ringmaster.persistence.database.DatabaseException;
import dev.ringmaster.persistence.database.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.pekko.persistence.AtomicWrite;
import org.apache.pekko.persistence.PersistentRepr;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;
import scala.util.Failure;
import scala.util.Success;
import scala.util.Try;

/// The plugin's table with statements of ours, each for many entities at once: the rows of a portion together with the
/// keys that seal them, and the highest numbers of many entities in one question.
final class JournalTable {
    private static final String ROWS = """
            INSERT INTO event_journal (persistence_id, sequence_number, writer, write_timestamp, adapter_manifest, event_ser_id,
              event_ser_manifest, event_payload)
            SELECT id, number, writer, written, manifest, serializer, event, payload
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?) AS r (id, number, writer, written, manifest, serializer, event, payload)
            """;

    /// A key that is there already makes the whole statement fail, and nothing is sealed with one that is not kept.
    private static final String KEYS_AND_ROWS = """
            WITH drawn AS (
              INSERT INTO personal_key (key_id, subject, wrapped) OVERRIDING SYSTEM VALUE SELECT * FROM unnest(?, ?, ?)
            )
            """ + ROWS;

    private final DataSource source;
    private final PersonalKeys keys;
    private final EventCodec codec;

    JournalTable(DataSource source, PersonalKeys keys, EventCodec codec) {
        this.source = source;
        this.keys = keys;
        this.codec = codec;
    }

    /// Writes all of it or, when a row does not fit, nothing. Mostly that is a single statement, which commits by
    /// itself: a transaction around it would be three ways to the database for one.
    ///
    /// @return for each of the given portions what Pekko wants to know: which of its writes cannot be serialized
    List<Seq<Try<BoxedUnit>>> write(List<Seq<AtomicWrite>> portions) {
        var missing = keys.missing(subjects(portions));
        if (missing.isEmpty()) {
            return Sql.reading(source, sql -> {
                var rows = new Rows(portions, keys.none(), codec);
                rows.insert(sql, ROWS);
                return rows.results;
            });
        }
        if (missing.equals(subjects(births(portions)))) {
            try {
                return Sql.reading(source, sql -> {
                    var drawn = keys.proposing(sql, missing);
                    var rows = new Rows(portions, drawn, codec);
                    rows.insert(sql, KEYS_AND_ROWS, drawn.columns());
                    drawn.keep();
                    return rows.results;
                });
            } catch (DatabaseException failed) {
                if (!failed.duplicate()) {
                    throw failed;
                }
                // There is such a key, or such a row: the transaction finds out.
            }
        }
        return Sql.inTransaction(source, sql -> {
            var drawn = keys.drawing(sql, missing);
            var rows = new Rows(portions, drawn, codec);
            rows.insert(sql, ROWS);
            sql.afterCommit(drawn::keep);
            return rows.results;
        });
    }

    /// Those that begin an entity: mostly nobody has drawn a key for it yet.
    private static List<Seq<AtomicWrite>> births(List<Seq<AtomicWrite>> portions) {
        return portions.stream()
                .filter(portion ->
                        CollectionConverters.asJava(portion).stream().anyMatch(w -> w.lowestSequenceNr() == 1))
                .toList();
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

    /// What is written, as columns.
    private static final class Rows {
        final List<Seq<Try<BoxedUnit>>> results = new ArrayList<>();
        private final List<String> ids = new ArrayList<>();
        private final List<Long> numbers = new ArrayList<>();
        private final List<String> writers = new ArrayList<>();
        private final List<Long> times = new ArrayList<>();
        private final List<String> adapters = new ArrayList<>();
        private final List<Integer> serializers = new ArrayList<>();
        private final List<String> manifests = new ArrayList<>();
        private final List<byte[]> payloads = new ArrayList<>();

        Rows(List<Seq<AtomicWrite>> portions, PersonalKeys.Drawn keys, EventCodec codec) {
            for (var portion : portions) {
                var tried = new ArrayList<Try<BoxedUnit>>();
                for (var write : CollectionConverters.asJava(portion)) {
                    tried.add(add(write, keys, codec));
                }
                results.add(CollectionConverters.asScala(tried).toSeq());
            }
        }

        void insert(Sql sql, String statement, Object... before) {
            if (!ids.isEmpty()) {
                sql.update(
                        statement,
                        Stream.concat(Stream.of(before), Stream.of(columns())).toArray());
            }
        }

        private Try<BoxedUnit> add(AtomicWrite write, PersonalKeys.Drawn keys, EventCodec codec) {
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

        private Object[] columns() {
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
