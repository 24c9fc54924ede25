package dev.ringmaster.simulation;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.call.CallPhases;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.runtime.wire.QueueBoard;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What is true when it has been calm for a while, and when the day is over.
final class Evening {
    /// Leases, screens' renewals and heartbeats of five agents, with room; whoever answers an answer sends hundreds.
    private static final long MAX_IDLE_MESSAGES = 40;

    private final ContactCentre centre;
    private final World world;

    Evening(ContactCentre centre) {
        this.centre = centre;
        this.world = centre.world;
    }

    /// After a while of calm everybody knows the same.
    void aligned() {
        var owedBefore = owed();
        var boards = boards();
        world.run(Duration.ofSeconds(6));
        var owedStill = new HashSet<>(owed());
        owedStill.retainAll(owedBefore);
        world.expect(owedStill.isEmpty(), "owed for 6 s: " + owedStill);
        centre.folded.calls().forEach((id, call) -> waits(id, call, boards));
        centre.folded.agents().forEach(this::serves);
        centre.folded.openCalls().forEach(id -> served(id, call(id)));
        legs();
        phones();
        pages();
    }

    private Call call(String id) {
        return centre.folded.calls().getOrDefault(id, Call.unborn(id));
    }

    private Set<String> owed() {
        var all = new HashSet<String>();
        centre.folded
                .calls()
                .forEach((id, call) ->
                        call.owed().stream().map(Owed::key).forEach(key -> all.add("call|" + id + " owes " + key)));
        centre.folded
                .agents()
                .forEach((id, agent) ->
                        agent.owed().stream().map(Owed::key).forEach(key -> all.add("agent|" + id + " owes " + key)));
        return all;
    }

    private Map<String, QueueBoard> boards() {
        var boards = new TreeMap<String, QueueBoard>();
        var machine = centre.cluster.living().getFirst();
        for (var group : ContactCentre.GROUPS) {
            machine.post.board(group).thenAccept(board -> boards.put(group, board));
        }
        world.run(Duration.ofMillis(100));
        world.expect(boards.size() == ContactCentre.GROUPS.size(), "a queue does not answer: " + boards.keySet());
        return boards;
    }

    private void waits(String callId, Call call, Map<String, QueueBoard> boards) {
        for (var group : ContactCentre.GROUPS) {
            var board = boards.get(group);
            var listed = board != null
                    && board.callers().stream().anyMatch(c -> c.callId().equals(callId));
            var waiting = call.waiting(1).filter(w -> w.groupId().equals(group));
            if (waiting.isPresent()) {
                var longEnough = waiting.get().notice().since().plusSeconds(10).isBefore(world.now());
                world.expect(listed || !longEnough, callId + " waits, and the queue of " + group + " does not know");
            }
        }
    }

    private void serves(String agentId, Agent agent) {
        agent.duty().call().ifPresent(served -> {
            var call = call(served.callId());
            var dialled = agent.owed().stream().anyMatch(o -> o.key().startsWith("dial/"));
            var knowsHer = call.screen()
                    .flatMap(s -> s.agentId())
                    .filter(agentId::equals)
                    .isPresent();
            world.expect(
                    (call.open() && knowsHer) || dialled,
                    agentId + " serves " + served.callId() + ", which is " + call + " while she is " + agent.duty());
        });
    }

    /// A call in conversation has one agent, and she has it.
    private void served(String callId, Call call) {
        call.screen()
                .filter(s -> s.phase().equals("TALKING") || s.phase().equals("HELD"))
                .flatMap(s -> s.agentId())
                .ifPresent(agentId -> {
                    var agent = centre.folded.agents().get(agentId);
                    world.expect(
                            agent != null
                                    && agent.duty()
                                            .call()
                                            .filter(c -> c.callId().equals(callId))
                                            .isPresent(),
                            callId + " talks with " + agentId + ", who does " + agent);
                });
    }

    /// Every leg is planned by its call, and every planned leg is there.
    private void legs() {
        var held = new HashMap<String, String>();
        for (var machine : centre.cluster.living()) {
            var telephone = machine.process.telephone;
            telephone
                    .held()
                    .calls()
                    .forEach(call ->
                            call.legIds().forEach(leg -> held.put(leg, call.callId() + " on " + telephone.edge())));
        }
        var planned = new HashMap<String, String>();
        for (var callId : centre.folded.openCalls()) {
            call(callId)
                    .plan(1)
                    .map(CallPlan::legs)
                    .orElse(List.of())
                    .forEach(leg -> planned.put(leg.legId(), callId + " on " + leg.edge()));
        }
        world.expect(held.equals(planned), "legs held " + held + ", planned " + planned);
    }

    private void phones() {
        for (var phone : centre.phones()) {
            world.expect(!phone.abandoned(), phone.legId + " listens to a dead line");
        }
    }

    /// The state on the screen is true.
    private void pages() {
        centre.desks.forEach((agentId, desk) -> {
            var agent = centre.folded.agents().get(agentId);
            var shown = desk.page().screen();
            world.expect(shown.isPresent(), agentId + " has no screen");
            world.expect(
                    agent != null && shown.equals(Optional.of(agent.screen())),
                    agentId + " sees " + shown + ", and is " + (agent == null ? "nobody" : agent.screen()));
        });
    }

    /// Long after the last call: all is settled.
    void over() {
        var sent = centre.network.sent;
        world.run(Duration.ofSeconds(20));
        var aSecond = (centre.network.sent - sent) / 20;
        world.expect(aSecond < MAX_IDLE_MESSAGES, aSecond + " messages a second, and nothing happens");
        for (var entry : centre.folded.calls().entrySet()) {
            world.expect(!entry.getValue().open(), entry.getKey() + " is still open: " + entry.getValue());
            phases(entry.getKey());
        }
        for (var phone : centre.phones()) {
            world.expect(phone.over(), phone.legId + " is still on the line");
        }
        centre.folded
                .agents()
                .forEach((id, agent) -> world.expect(
                        List.of("IDLE", "BREAK", "ACW", "OFF")
                                        .contains(agent.screen().state())
                                && agent.owed().isEmpty(),
                        id + " is stuck in " + agent));
        for (var board : boards().values()) {
            world.expect(board.callers().isEmpty(), board.groupId() + " still shows " + board.callers());
        }
        var working = centre.folded.agents().values().stream()
                .filter(agent -> agent.seat().isPresent())
                .count();
        world.expect(
                centre.folded.seats().inUse() == working,
                "seats " + centre.folded.seats() + ", at work " + working + ": " + centre.folded.agents());
        for (var machine : centre.cluster.living()) {
            for (var live : machine.running()) {
                if (live instanceof Entity<?, ?, ?> entity && entity.ready()) {
                    entity.compareWithReplay("evening");
                }
            }
        }
    }

    /// The minutes add up (HOT-019).
    private void phases(String callId) {
        var events = centre.journal.<CallEvent>events("call|" + callId);
        var phases = CallPhases.of(events).all();
        var sum = Duration.ZERO;
        for (var i = 0; i < phases.size(); i++) {
            var phase = phases.get(i);
            world.expect(phase.endedAt().isPresent(), callId + ": a phase does not end: " + phase);
            world.expect(
                    i == 0 || phases.get(i - 1).endedAt().equals(Optional.of(phase.startedAt())),
                    "gap in the phases of " + callId + ": " + phases);
            sum = sum.plus(phase.length(world.now()));
        }
        var began = events.getFirst().at();
        var ended = events.stream()
                .filter(CallEvent.CallEnded.class::isInstance)
                .map(CallEvent::at)
                .findFirst()
                .orElseThrow();
        world.expect(
                sum.equals(Duration.between(began, ended)),
                callId + " took " + Duration.between(began, ended) + ", its phases " + sum);
    }
}
