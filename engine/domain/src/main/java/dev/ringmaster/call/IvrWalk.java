package dev.ringmaster.call;

import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.ivr.IvrFlow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Walks through the nodes of a flow until one wants to play, to listen, or to hand the caller on (HOT-011, HOT-012).
final class IvrWalk {
    /// Nodes entered without the caller doing anything. A valid flow never needs so many; a circle of empty nodes would
    /// never end.
    static final int MAX_MOVES = 20;

    private final IvrFlow flow;
    private final Instant now;
    private final List<CallEvent> events = new ArrayList<>();
    private long generation;

    private IvrWalk(IvrFlow flow, long generation, Instant now) {
        this.flow = flow;
        this.generation = generation;
        this.now = now;
    }

    static List<CallEvent> start(IvrFlow flow, Instant now) {
        return to(flow, flow.start(), 0, now);
    }

    /// @param generation of the last prompt of the call
    static List<CallEvent> to(IvrFlow flow, String nodeId, long generation, Instant now) {
        var walk = new IvrWalk(flow, generation, now);
        walk.go(nodeId);
        return walk.events;
    }

    /// A menu once more, after a wrong key or none; or its way out when it was the last try.
    static List<CallEvent> again(
            IvrFlow flow, IvrFlow.Menu menu, int attempt, List<String> first, long generation, Instant now) {
        if (attempt >= menu.tries()) {
            return to(flow, menu.otherwise(), generation, now);
        }
        var walk = new IvrWalk(flow, generation, now);
        walk.listen(menu, attempt + 1, first);
        return walk.events;
    }

    private void go(String start) {
        var next = Optional.of(start);
        for (var moves = 0; next.isPresent(); moves++) {
            var node = flow.node(next.get());
            if (node.isEmpty() || moves >= MAX_MOVES) {
                end(node.isEmpty() ? "flowBroken" : "flowCircle");
                return;
            }
            next = enter(node.get());
        }
    }

    private Optional<String> enter(IvrFlow.Node node) {
        switch (node) {
            case IvrFlow.Play play -> {
                play(play.id(), play.prompts());
                return play.prompts().isEmpty() ? Optional.of(play.next()) : Optional.empty();
            }
            case IvrFlow.Menu menu -> {
                events.add(new CallEvent.PathExtended(menu.label(), now));
                listen(menu, 1, List.of());
            }
            case IvrFlow.ToGroup group -> events.add(Place.begin(group, now));
            case IvrFlow.HangUp hangUp -> {
                play(hangUp.id(), hangUp.prompts());
                if (hangUp.prompts().isEmpty()) {
                    end("flow");
                }
            }
        }
        return Optional.empty();
    }

    private void play(String nodeId, List<String> prompts) {
        events.add(new CallEvent.NodeEntered(nodeId, 1, ++generation, prompts, Optional.empty(), now));
    }

    private void listen(IvrFlow.Menu menu, int attempt, List<String> first) {
        var prompts = Stream.concat(first.stream(), menu.prompts().stream()).toList();
        events.add(
                new CallEvent.NodeEntered(menu.id(), attempt, ++generation, prompts, Optional.of(menu.timeout()), now));
    }

    private void end(String cause) {
        events.add(new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.ABANDONED, cause, now));
    }
}
