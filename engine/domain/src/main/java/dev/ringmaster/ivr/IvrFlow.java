package dev.ringmaster.ivr;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An immutable numbered IVR document (HOT-012).
///
/// @param start id of the first node
public record IvrFlow(String flowId, int version, String name, String start, List<Node> nodes) {
    public IvrFlow {
        nodes = List.copyOf(nodes);
    }

    public FlowRef ref() {
        return new FlowRef(flowId, version);
    }

    public Optional<Node> node(String id) {
        return nodes.stream().filter(n -> n.id().equals(id)).findFirst();
    }

    public sealed interface Node {
        String id();
    }

    /// Plays prompts (names in the prompt bank, in order), then goes on.
    public record Play(String id, List<String> prompts, String next) implements Node {
        public Play {
            prompts = List.copyOf(prompts);
        }
    }

    /// Plays prompts and waits for one key. A wrong key or none replays, `tries` times in all; then `otherwise`
    /// (HOT-012).
    ///
    /// @param label as shown in the path, e.g. "Main menu"
    public record Menu(
            String id,
            String label,
            List<String> prompts,
            Map<String, Choice> choices,
            Duration timeout,
            int tries,
            List<String> wrongKeyPrompts,
            List<String> noKeyPrompts,
            String otherwise)
            implements Node {
        public Menu {
            prompts = List.copyOf(prompts);
            choices = Map.copyOf(choices);
            wrongKeyPrompts = List.copyOf(wrongKeyPrompts);
            noKeyPrompts = List.copyOf(noKeyPrompts);
        }
    }

    /// @param label as shown in the path after its key: "Support" under key 1 is shown as "1 Support"
    public record Choice(String label, String next) {}

    /// Hands the caller to a skill group's queue.
    ///
    /// @param priority a higher number goes first
    /// @param music name in the prompt bank, heard while waiting and on hold
    /// @param nobodyPrompts played when nobody is on duty, then the call ends (HOT-017)
    public record ToGroup(
            String id,
            String groupId,
            String groupName,
            int priority,
            String music,
            List<String> nobodyPrompts,
            Duration ringFor)
            implements Node {
        public ToGroup {
            nobodyPrompts = List.copyOf(nobodyPrompts);
        }
    }

    /// Plays prompts, then hangs up.
    public record HangUp(String id, List<String> prompts) implements Node {
        public HangUp {
            prompts = List.copyOf(prompts);
        }
    }
}
