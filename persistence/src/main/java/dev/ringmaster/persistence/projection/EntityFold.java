package dev.ringmaster.persistence.projection;

import dev.ringmaster.persistence.database.Sql;
import dev.ringmaster.persistence.journal.JournalReader;
import dev.ringmaster.persistence.journal.JournalReader.Entry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

/// States of entities as they were after the last event that was projected. The most recent ones are kept in
/// memory; another one is replayed from its journal, beginning at a snapshot where there is one.
final class EntityFold<S> {
    /// About 4 kB each. Fewer than calls at once, and each event is a replay.
    private static final int MAX_KEPT = 10_000;

    /// Those that little more is expected of: what a leg tells after its call's end comes within seconds.
    private static final int MAX_LEAVING = 2_000;

    private final JournalReader reader;
    private final Class<S> type;
    private final Function<String, S> unborn;
    private final BiFunction<S, Object, S> apply;
    private final Map<String, At<S>> kept = recent(MAX_KEPT);
    private final Map<String, At<S>> leaving = recent(MAX_LEAVING);

    private record At<S>(long seq, S state) {}

    /// What an event changed.
    record Step<S>(S before, S after) {}

    EntityFold(JournalReader reader, Class<S> type, Function<String, S> unborn, BiFunction<S, Object, S> apply) {
        this.reader = reader;
        this.type = type;
        this.unborn = unborn;
        this.apply = apply;
    }

    Step<S> step(Sql sql, Entry entry) {
        var known = kept.getOrDefault(entry.persistenceId(), leaving.get(entry.persistenceId()));
        var before = known != null && known.seq() == entry.seq() - 1 ? known.state() : replayed(sql, entry);
        var after = apply.apply(before, entry.event());
        kept.put(entry.persistenceId(), new At<>(entry.seq(), after));
        return new Step<>(before, after);
    }

    /// Little more is expected of it.
    void leave(String persistenceId) {
        var known = kept.remove(persistenceId);
        if (known != null) {
            leaving.put(persistenceId, known);
        }
    }

    void forget() {
        kept.clear();
        leaving.clear();
    }

    private static <V> Map<String, V> recent(int most) {
        return new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    private S replayed(Sql sql, Entry upTo) {
        if (upTo.seq() == 1) {
            return unborn.apply(upTo.entityId()); // nothing stands before it
        }
        var pid = upTo.persistenceId();
        var snapshot = reader.snapshot(sql, pid, upTo.seq() - 1, type);
        var state = snapshot.map(JournalReader.Snapshot::state).orElseGet(() -> unborn.apply(upTo.entityId()));
        for (var earlier : reader.ofEntity(
                sql, pid, snapshot.map(JournalReader.Snapshot::seq).orElse(0L))) {
            if (earlier.seq() >= upTo.seq()) {
                break;
            }
            state = apply.apply(state, earlier.event());
        }
        return state;
    }
}
