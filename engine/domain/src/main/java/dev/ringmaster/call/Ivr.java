package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.ivr.Flows;
import dev.ringmaster.ivr.IvrFlow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The caller is in a node of the flow: it plays, or it waits for a key.
///
/// @param nodeId empty between arrival and the first node
/// @param promptsEnded when the prompts were over, and the time for a key began
record Ivr(
        CallFile file,
        String nodeId,
        int attempt,
        List<String> prompts,
        Optional<Duration> keyTimeout,
        Optional<Instant> promptsEnded,
        Instant since)
        implements Live {
    /// An edge that never says that a prompt has ended must not keep a caller for ever; longer prompts would be cut.
    static final Duration LONGEST_PROMPT = Duration.ofMinutes(5);

    Ivr {
        prompts = List.copyOf(prompts);
    }

    @Override
    public Ivr with(CallFile other) {
        return new Ivr(other, nodeId, attempt, prompts, keyTimeout, promptsEnded, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.DeadlinePassed _ when !now.isBefore(due()) -> accept(timedOut(now, flows));
            default -> otherwise(command);
        };
    }

    @Override
    public boolean wantsKeys() {
        return true;
    }

    @Override
    public List<CallEvent> keyPressed(String key, Instant now, Flows flows) {
        var flow = flow(flows);
        if (!(flow.node(nodeId).orElse(null) instanceof IvrFlow.Menu menu)) {
            return List.of(); // nobody asked
        }
        var choice = menu.choices().get(key);
        if (choice == null) {
            return IvrWalk.again(flow, menu, attempt, menu.wrongKeyPrompts(), file.generation(), now);
        }
        var events = new ArrayList<CallEvent>();
        events.add(new CallEvent.PathExtended(label(key, choice.label()), now));
        events.addAll(IvrWalk.to(flow, choice.next(), file.generation(), now));
        return events;
    }

    private static String label(String key, String label) {
        return label.startsWith(key + " ") ? label : key + " " + label;
    }

    @Override
    public long prompt() {
        return promptsEnded.isPresent() ? 0 : file.generation();
    }

    @Override
    public List<CallEvent> promptEnded(Instant now, Flows flows) {
        var flow = flow(flows);
        return switch (flow.node(nodeId).orElse(null)) {
            case IvrFlow.Play play -> IvrWalk.to(flow, play.next(), file.generation(), now);
            case IvrFlow.HangUp _ ->
                List.of(new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.ABANDONED, "flow", now));
            case null, default -> List.of();
        };
    }

    /// No key in time, or no word from the edge about the end of a prompt.
    private List<CallEvent> timedOut(Instant now, Flows flows) {
        var flow = flow(flows);
        return switch (flow.node(nodeId).orElse(null)) {
            case IvrFlow.Menu menu -> IvrWalk.again(flow, menu, attempt, menu.noKeyPrompts(), file.generation(), now);
            case null -> IvrWalk.start(flow, now);
            default -> promptEnded(now, flows);
        };
    }

    private IvrFlow flow(Flows flows) {
        return flows.flow(file.birth().flow().orElseThrow());
    }

    private Instant due() {
        return promptsEnded
                .map(ended -> ended.plus(keyTimeout.orElse(Duration.ZERO)))
                .orElse(since.plus(LONGEST_PROMPT));
    }

    @Override
    public Optional<Instant> deadline() {
        return Optional.of(due());
    }

    @Override
    public CallPlan.Hears hears() {
        return promptsEnded.isPresent() || prompts.isEmpty()
                ? new CallPlan.Hears.Silence()
                : new CallPlan.Hears.Prompt(file.generation(), prompts);
    }

    @Override
    public String phase() {
        return "IVR";
    }
}
