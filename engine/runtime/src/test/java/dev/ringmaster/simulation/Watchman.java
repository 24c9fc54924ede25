package dev.ringmaster.simulation;

import dev.ringmaster.runtime.truth.TruthShells;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.truth.Contradiction;
import dev.ringmaster.truth.Look;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// The real auditor looks each second. Some days it tells the owners what it doubts, as in
/// production; on the others the
/// protocols have to come right by themselves. Without faults it must never find anything, and in
/// calm nothing for long.
final class Watchman {
    /// So long after the storm whatever it has left must be settled: the longest is a lost session (60 s).
    private static final Duration SETTLED_AFTER = Duration.ofSeconds(75);

    private final ContactCentre centre;
    private final World world;
    private final boolean heals;
    private final TruthShells auditor = new TruthShells();
    private final Map<Machine, TruthShells.Teller> tellers = new HashMap<>();
    private Duration calmFor = Duration.ZERO;

    Watchman(ContactCentre centre, boolean heals) {
        this.centre = centre;
        this.world = centre.world;
        this.heals = heals;
    }

    /// Each second, when every node can speak.
    void look() {
        calmFor = world.calm ? calmFor.plusSeconds(1) : Duration.ZERO;
        var members = centre.cluster.members();
        if (members.isEmpty() || members.stream().anyMatch(m -> !m.alive() || m.isolatedWith.isPresent())) {
            return;
        }
        var found = auditor.look(
                Duration.ofMillis(world.millis()),
                world.now(),
                members.stream()
                        .map(m -> tellers.computeIfAbsent(m, Machine::teller))
                        .toList(),
                open());
        if (heals) {
            var from = members.getFirst();
            from.work(() -> found.forEach(contradiction -> doubt(from, contradiction)));
        }
        if (centre.faults.quiet() || calmFor.compareTo(SETTLED_AFTER) > 0) {
            world.expect(auditor.alarms().isEmpty(), "the auditor finds " + auditor.alarms());
        }
    }

    private Look.Open open() {
        var agents = new TreeSet<String>();
        centre.folded.agents().forEach((id, agent) -> {
            if (agent.open()) {
                agents.add(id);
            }
        });
        return new Look.Open(
                new TreeSet<>(centre.folded.openCalls()),
                agents,
                centre.folded.seats().open() ? Set.of(ContactCentre.INSTANCE) : Set.of());
    }

    private static void doubt(Machine from, Contradiction found) {
        var id = found.owner().id();
        switch (found.owner().kind()) {
            case CALL -> from.post.toCall(id, new CallMessage.Doubted(found.doubt()));
            case AGENT -> from.post.toAgent(id, new AgentMessage.Doubted(found.doubt()));
            case SEATS -> from.post.toSeats(id, new SeatsMessage.Doubted(found.doubt()));
            case EDGE -> from.edges.tell(id, new EdgeMessage.Doubted(found.doubt()));
        }
    }

    List<Contradiction> alarms() {
        return auditor.alarms();
    }
}
