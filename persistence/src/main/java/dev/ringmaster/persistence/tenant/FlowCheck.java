package dev.ringmaster.persistence.tenant;

import dev.ringmaster.base.Refusal;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.ivr.IvrFlow.HangUp;
import dev.ringmaster.ivr.IvrFlow.Menu;
import dev.ringmaster.ivr.IvrFlow.Node;
import dev.ringmaster.ivr.IvrFlow.Play;
import dev.ringmaster.ivr.IvrFlow.ToGroup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Whether a flow can be published: every exit leads to a node, every node can be reached, and from every node a
/// caller comes to an end (a queue or a hang-up), so that nobody walks in a circle of announcements (HOT-012).
final class FlowCheck {
    private static final String KEYS = "0123456789*#";

    private FlowCheck() {}

    static Optional<Refusal> check(IvrFlow flow) {
        var nodes = new HashMap<String, Node>();
        for (var node : flow.nodes()) {
            if (nodes.put(node.id(), node) != null) {
                return refuse("DuplicateNode", "Two nodes are called " + node.id() + ".", node.id());
            }
        }
        if (!nodes.containsKey(flow.start())) {
            return refuse("DeadEnd", "The flow begins at " + flow.start() + ", which does not exist.", "start");
        }
        for (var node : flow.nodes()) {
            for (var exit : exits(node)) {
                if (!nodes.containsKey(exit)) {
                    return refuse(
                            "DeadEnd",
                            "Node " + node.id() + " leads to " + exit + ", which does not exist.",
                            node.id());
                }
            }
            if (node instanceof Menu menu && badMenu(menu)) {
                return refuse(
                        "BadMenu",
                        "Menu " + node.id() + " needs a try, a time-out, and choices on single keys.",
                        node.id());
            }
        }
        var reached = reachable(flow.start(), nodes);
        for (var node : flow.nodes()) {
            if (!reached.contains(node.id())) {
                return refuse("Unreachable", "No way leads to node " + node.id() + ".", node.id());
            }
            if (reachable(node.id(), nodes).stream()
                    .map(nodes::get)
                    .noneMatch(n -> n instanceof ToGroup || n instanceof HangUp)) {
                return refuse("DeadEnd", "From node " + node.id() + " no caller comes to an end.", node.id());
            }
        }
        return Optional.empty();
    }

    private static boolean badMenu(Menu menu) {
        return menu.tries() < 1
                || !menu.timeout().isPositive()
                || menu.choices().isEmpty()
                || menu.choices().keySet().stream().anyMatch(key -> key.length() != 1 || !KEYS.contains(key));
    }

    private static Set<String> reachable(String start, Map<String, Node> nodes) {
        var seen = new HashSet<String>();
        var open = new ArrayList<>(List.of(start));
        while (!open.isEmpty()) {
            var node = nodes.get(open.removeLast());
            if (node != null && seen.add(node.id())) {
                open.addAll(exits(node));
            }
        }
        return seen;
    }

    private static List<String> exits(Node node) {
        return switch (node) {
            case Play play -> List.of(play.next());
            case Menu menu -> {
                var exits = new ArrayList<>(menu.choices().values().stream()
                        .map(IvrFlow.Choice::next)
                        .toList());
                exits.add(menu.otherwise());
                yield exits;
            }
            case ToGroup _, HangUp _ -> List.of();
        };
    }

    private static Optional<Refusal> refuse(String code, String message, String field) {
        return Optional.of(new Refusal(code, message, field));
    }
}
