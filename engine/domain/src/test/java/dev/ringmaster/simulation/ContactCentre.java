package dev.ringmaster.simulation;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.base.Decision;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.SipDialog;
import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.Flows;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsCommand;
import dev.ringmaster.tenant.SeatsEvent;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Calls, agents, queues and seats who know each other only by messages.
final class ContactCentre {
    static final String EDGE = "edge#1";
    static final SipDialog DIALOG = new SipDialog(
            "s",
            "l",
            "r",
            new Said(""),
            new Said(""),
            new Said(""),
            List.of(),
            1,
            1,
            "UDP",
            "p",
            false,
            "",
            "",
            1,
            Optional.empty());

    static final Flows FLOWS = ref -> {
        var group = new IvrFlow.ToGroup(
                "g",
                ref.flowId().equals("sales") ? "sales" : "support",
                "",
                0,
                "music",
                List.of("nobody"),
                Duration.ofSeconds(30));
        var menu = new IvrFlow.Menu(
                "m",
                "Menu",
                List.of("menu"),
                Map.of("1", new IvrFlow.Choice("Go on", "g")),
                Duration.ofSeconds(4),
                3,
                List.of("wrong"),
                List.of(),
                "bye");
        var start = ref.version() == 1 ? "g" : "m";
        return new IvrFlow(
                ref.flowId(),
                ref.version(),
                "",
                start,
                List.of(menu, group, new IvrFlow.HangUp("bye", List.of("bye"))));
    };

    final World world;
    final long seed;
    final Map<String, CallNode> calls = new LinkedHashMap<>();
    final Map<String, AgentNode> agents = new LinkedHashMap<>();
    private final Map<String, QueueNode> queues = new HashMap<>();
    Seats seats = Seats.unborn();

    ContactCentre(long seed) {
        this.seed = seed;
        this.world = new World(seed);
    }

    void expect(boolean truth, String what) {
        if (!truth) {
            throw new AssertionError("seed " + seed + " at " + world.now() + ": " + what);
        }
    }

    CallNode call(String id) {
        return calls.computeIfAbsent(id, i -> new CallNode(this, i));
    }

    List<CallNode> open() {
        return calls.values().stream().filter(c -> c.state.open()).toList();
    }

    AgentNode agent(String id) {
        return Objects.requireNonNull(agents.get(id));
    }

    QueueNode queue(String groupId) {
        return queues.computeIfAbsent(groupId, g -> new QueueNode(this, g));
    }

    void arrives() {
        var call = call("call" + calls.size());
        var leg = call.id + "-leg";
        call.customer.arrives(leg);
        call.tell(new CallCommand.Arrive(
                "demo",
                leg,
                EDGE,
                "loopback",
                new PhoneNumber("138"),
                new PhoneNumber("4001"),
                Optional.empty(),
                "",
                new FlowRef(world.chance(0.3) ? "sales" : "support", world.chance(0.5) ? 1 : 2),
                world.chance(0.4) ? Optional.of(3) : Optional.empty(),
                DIALOG));
    }

    void deliver(Node<?, ?, ?> debtor, Owed owed) {
        switch (owed) {
            case Owed.ToAgent(var key, var agentId, var message) ->
                world.send(() -> agent(agentId).tell(new AgentCommand.FromCall(message), r -> confirm(debtor, key, r)));
            case Owed.ToCall(var key, var callId, var message) ->
                world.send(() -> call(callId).tell(new CallCommand.FromAgent(message), r -> confirm(debtor, key, r)));
            case Owed.ToQueue(var key, var groupId, var message) ->
                world.send(() -> {
                    queue(groupId).told(message);
                    confirm(debtor, key, Optional.empty());
                });
            case Owed.ToSeats(var key, var _, var message) -> world.send(() -> sit(debtor, key, message));
        }
    }

    /// A seat for somebody who is about to start work; there are enough for all.
    boolean hold(String token, String agentId) {
        return seats.decide(new SeatsCommand.Hold(token, agentId, agents.size()), world.now())
                        instanceof Decision.Accepted<SeatsEvent>(var events)
                && keep(events);
    }

    private boolean keep(List<SeatsEvent> events) {
        for (var event : events) {
            seats = Seats.apply(seats, event);
        }
        return true;
    }

    private void sit(Node<?, ?, ?> debtor, String key, AgentToSeats message) {
        switch (seats.decide(new SeatsCommand.FromAgent(message), world.now())) {
            case Decision.Accepted<SeatsEvent>(var events) -> {
                keep(events);
                confirm(debtor, key, Optional.empty());
            }
            case Decision.Refused<SeatsEvent>(var refusal) -> confirm(debtor, key, Optional.of(refusal));
        }
    }

    private void confirm(Node<?, ?, ?> debtor, String key, Optional<Refusal> refusal) {
        var confirmation = new Confirmation(
                key, refusal.isEmpty(), refusal.map(Refusal::code).orElse(null));
        world.send(() -> {
            switch (debtor) {
                case CallNode call -> call.tell(new CallCommand.Confirm(confirmation));
                case AgentNode agent -> agent.tell(new AgentCommand.Confirm(confirmation));
                default -> throw new AssertionError();
            }
        });
    }
}
