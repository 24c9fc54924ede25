package dev.ringmaster.simulation;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What the journal says of everybody, kept up event by event: the truth that screens and machines
/// are measured by, and what the waker reads.
final class Folded implements OpenEntities {
    private final ContactCentre centre;
    private final Map<String, Call> calls = new TreeMap<>();
    private final Map<String, Agent> agents = new TreeMap<>();
    private Seats seats = Seats.unborn();
    private final Set<String> open = new TreeSet<>();

    Folded(ContactCentre centre) {
        this.centre = centre;
    }

    void add(String key, List<?> events) {
        var id = key.substring(key.indexOf('|') + 1);
        for (var event : events) {
            switch (event) {
                case CallEvent e -> calls.merge(id, Call.apply(Call.unborn(id), e), (known, _) -> Call.apply(known, e));
                case AgentEvent e ->
                    agents.merge(id, Agent.apply(Agent.unborn(id), e), (known, _) -> Agent.apply(known, e));
                case SeatsEvent e -> seats = Seats.apply(seats, e);
                default -> throw new AssertionError(event);
            }
        }
        var call = calls.get(id);
        if (key.startsWith("call|") && call != null) {
            if (call.open()) {
                open.add(id);
            } else {
                open.remove(id);
            }
        }
    }

    Map<String, Call> calls() {
        return calls;
    }

    /// Those that have not ended or still owe.
    List<String> openCalls() {
        return List.copyOf(open);
    }

    Map<String, Agent> agents() {
        return agents;
    }

    Seats seats() {
        return seats;
    }

    @Override
    public CompletionStage<Open> open() {
        var world = centre.world;
        var stage = new CompletableFuture<Open>();
        var fails = world.fault(centre.faults.writeFails());
        world.in(world.between(5, 100), () -> {
            if (fails) {
                stage.completeExceptionally(new IllegalStateException("the database is away"));
                return;
            }
            var onDuty = new TreeSet<String>();
            agents.forEach((id, agent) -> {
                if (agent.open()) {
                    onDuty.add(id);
                }
            });
            stage.complete(new Open(open, onDuty, seats.open() ? Set.of(ContactCentre.INSTANCE) : Set.of()));
        });
        return stage;
    }
}
