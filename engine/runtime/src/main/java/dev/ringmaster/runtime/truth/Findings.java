package dev.ringmaster.runtime.truth;

import dev.ringmaster.runtime.wire.TruthMessage;
import dev.ringmaster.truth.Audit;
import dev.ringmaster.truth.Contradiction;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;

/// The alarms: which contradictions stand for too long, how often their owners were told, and which are gone since.
final class Findings {
    /// An owner is told again after this time, and then after twice as long each time: each word that helps is an
    /// event, and one that does not help must not fill the journal.
    private static final long TELL_AGAIN_NANOS = 5_000_000_000L;

    private static final long TELL_AGAIN_AT_MOST_NANOS = 600_000_000_000L;

    private final Logger log;
    private final Map<Contradiction.Key, Told> told = new HashMap<>();
    private final Deque<TruthMessage.Healed> healed = new ArrayDeque<>();
    private final Map<String, Long> healedByKind = new TreeMap<>();

    private record Told(Contradiction contradiction, int times, long at, long pause) {}

    Findings(Logger log) {
        this.log = log;
    }

    /// @return those whose owner is to be told now
    List<Contradiction> next(Audit audit, long nanos, Instant now) {
        var standing = audit.standing().stream()
                .filter(Contradiction::alarming)
                .collect(Collectors.toMap(Contradiction::key, c -> c));
        gone(standing.keySet(), now);
        var doubtful = new ArrayList<Contradiction>();
        standing.forEach((key, found) -> {
            var before = told.get(key);
            if (before == null) {
                log.warn("contradiction, {} old: {}", found.age(), inWords(found));
                told.put(key, new Told(found, 1, nanos, TELL_AGAIN_NANOS));
                doubtful.add(found);
            } else if (nanos - before.at() >= before.pause()) {
                var pause = Math.min(before.pause() * 2, TELL_AGAIN_AT_MOST_NANOS);
                told.put(key, new Told(found, before.times() + 1, nanos, pause));
                doubtful.add(found);
            } else {
                told.put(key, new Told(found, before.times(), before.at(), before.pause()));
            }
        });
        return doubtful;
    }

    private void gone(Set<Contradiction.Key> standing, Instant now) {
        told.entrySet().removeIf(entry -> {
            var gone = !standing.contains(entry.getKey());
            if (gone) {
                var was = entry.getValue().contradiction();
                log.info("contradiction gone: {}", inWords(was));
                healed.addFirst(new TruthMessage.Healed(was, now));
                healedByKind.merge(was.doubt().kind().name(), 1L, Long::sum);
                if (healed.size() > TruthMessage.Report.MAX_HEALED) {
                    healed.removeLast();
                }
            }
            return gone;
        });
    }

    TruthMessage.Report report(Audit audit, Instant now) {
        var byKind = audit.standing().stream()
                .collect(Collectors.groupingBy(c -> c.doubt().kind().name(), Collectors.counting()));
        return new TruthMessage.Report(
                now,
                audit.compared(),
                audit.standing().stream()
                        .limit(TruthMessage.Report.MAX_STANDING)
                        .map(c -> new TruthMessage.Standing(c, times(c)))
                        .toList(),
                byKind,
                audit.standing().stream().filter(Contradiction::alarming).count(),
                List.copyOf(healed),
                healedByKind);
    }

    private int times(Contradiction contradiction) {
        var known = told.get(contradiction.key());
        return known == null ? 0 : known.times();
    }

    private static String inWords(Contradiction found) {
        return "%s: %s (%d) %s, %s (%d) %s"
                .formatted(
                        found.doubt().kind(),
                        found.one().who(),
                        found.one().seq(),
                        found.one().says(),
                        found.other().who(),
                        found.other().seq(),
                        found.other().says());
    }
}
