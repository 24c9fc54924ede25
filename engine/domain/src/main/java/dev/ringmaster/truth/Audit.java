package dev.ringmaster.truth;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What is known of contradictions over the looks so far. One counts when neither side has said anything new over two
/// looks (so it is not merely under way), or when it has stood for [Contradiction#ALARM_AFTER] whatever the sides say.
/// Ages count from the first look that showed it.
public final class Audit {
    public static final Audit NOTHING = new Audit(Map.of(), Map.of(), List.of(), Map.of());

    private final Map<Contradiction.Key, Seen> seen;
    private final Map<Contradiction.Owner, String> homes;
    private final List<Contradiction> standing;
    private final Map<String, Long> compared;

    /// @param counts whether it has been unchanged over two looks once
    private record Seen(Contradiction last, Duration first, boolean counts) {}

    private Audit(
            Map<Contradiction.Key, Seen> seen,
            Map<Contradiction.Owner, String> homes,
            List<Contradiction> standing,
            Map<String, Long> compared) {
        this.seen = Map.copyOf(seen);
        this.homes = Map.copyOf(homes);
        this.standing = List.copyOf(standing);
        this.compared = Map.copyOf(compared);
    }

    /// What is known after one more look.
    public Audit next(Look look) {
        var comparison = Comparison.of(look);
        var now = new HashMap<Contradiction.Key, Seen>();
        var homesNow = homesOf(look);
        for (var found : comparison.found()) {
            var before = seen.get(found.key());
            var home = found.instanceId().isEmpty() ? found.home(homesNow.getOrDefault(found.owner(), "")) : found;
            now.put(found.key(), before == null ? new Seen(home, look.at(), false) : again(before, home, look.at()));
        }
        var counting = now.values().stream()
                .filter(Seen::counts)
                .map(s -> s.last().aged(look.at().minus(s.first())))
                .sorted(Comparator.comparing(Contradiction::age)
                        .reversed()
                        .thenComparing(c -> c.owner().id())
                        .thenComparing(c -> c.doubt().about()))
                .toList();
        return new Audit(now, homesNow, counting, comparison.compared());
    }

    private static Seen again(Seen before, Contradiction found, Duration at) {
        return new Seen(
                found,
                before.first(),
                before.counts()
                        || before.last().sameSides(found)
                        || at.minus(before.first()).compareTo(Contradiction.ALARM_AFTER) >= 0);
    }

    /// Whose an entity is, also when it is dead now: remembered while the journal has it open.
    private Map<Contradiction.Owner, String> homesOf(Look look) {
        var now = new HashMap<Contradiction.Owner, String>();
        var open = new HashSet<Contradiction.Owner>();
        look.open().calls().forEach(id -> open.add(new Contradiction.Owner(Contradiction.Owner.Kind.CALL, id)));
        look.open().agents().forEach(id -> open.add(new Contradiction.Owner(Contradiction.Owner.Kind.AGENT, id)));
        homes.forEach((owner, home) -> {
            if (open.contains(owner)) {
                now.put(owner, home);
            }
        });
        look.calls()
                .forEach((id, claim) -> now.put(
                        new Contradiction.Owner(Contradiction.Owner.Kind.CALL, id),
                        claim.fact().instanceId()));
        look.agents()
                .forEach((id, claim) -> now.put(
                        new Contradiction.Owner(Contradiction.Owner.Kind.AGENT, id),
                        claim.fact().instanceId()));
        return now;
    }

    /// Those that count, oldest first.
    public List<Contradiction> standing() {
        return standing;
    }

    /// How many facts were held against another in the last look, by instance.
    public Map<String, Long> compared() {
        return compared;
    }
}
