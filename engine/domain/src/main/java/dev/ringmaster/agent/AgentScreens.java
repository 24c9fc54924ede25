package dev.ringmaster.agent;

import dev.ringmaster.exchange.CallCard;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Draws [AgentScreen] from an agent: what is shown, and what can be done now.
final class AgentScreens {
    private AgentScreens() {}

    static AgentScreen of(Agent agent) {
        var duty = agent.duty();
        var presence = agent.presence();
        return new AgentScreen(
                agent.agentId(),
                duty.name(),
                sub(duty),
                duty.cause(),
                duty instanceof Break b ? b.reason() : Optional.empty(),
                duty.since(),
                deadline(agent),
                agent.wish(),
                presence.connected() ? "CONNECTED" : "LOST",
                line(agent),
                agent.autoAnswer(),
                agent.groups(),
                callId(duty),
                card(duty),
                note(agent),
                agent.notice(),
                actions(agent));
    }

    /// What she can be shown to wait for; a queue's hold on her is not her business.
    private static Optional<Instant> deadline(Agent agent) {
        return switch (agent.duty()) {
            case Idle _ -> Sessions.offAt(agent);
            case Duty d -> d.deadline(agent);
        };
    }

    /// Whether the call is held is the call's to say (CallScreen).
    private static Optional<String> sub(Duty duty) {
        return switch (duty) {
            case Connecting _ -> Optional.of("connecting");
            case InCall _ -> Optional.of("talking");
            default -> Optional.empty();
        };
    }

    private static String line(Agent agent) {
        if (agent.presence().line().isPresent()) {
            return "UP";
        }
        var wanted =
                !(agent.duty() instanceof Off) && agent.presence().lineLostAt().isPresent();
        return wanted ? "LOST" : "NONE";
    }

    private static Optional<String> callId(Duty duty) {
        return duty instanceof Acw acw ? Optional.of(acw.callId()) : duty.call().map(Served::callId);
    }

    private static Optional<CallCard> card(Duty duty) {
        return duty instanceof Acw acw ? Optional.of(acw.card()) : duty.call().map(Served::card);
    }

    /// The note of the call at hand; in wrap-up, when that one is done, the oldest that is still owed.
    private static Optional<AgentScreen.Note> note(Agent agent) {
        var current = callId(agent.duty());
        var own = agent.notes().stream()
                .filter(n -> current.filter(n.callId()::equals).isPresent())
                .findFirst();
        var owed = agent.notes().stream()
                .filter(n -> n.required() && n.saved().isEmpty())
                .findFirst();
        var ownOpen =
                own.filter(n -> agent.duty() instanceof InCall || n.saved().isEmpty() || owed.isEmpty());
        return ownOpen.or(() -> agent.duty().call().isPresent() ? Optional.empty() : owed)
                .map(n -> new AgentScreen.Note(
                        n.callId(),
                        n.required(),
                        n.saved().isPresent(),
                        n.saved().map(AgentEvent.NoteSaved::category).orElse(""),
                        n.saved().map(AgentEvent.NoteSaved::result).orElse(""),
                        n.saved().map(s -> s.text().value()).orElse("")));
    }

    private static List<String> actions(Agent agent) {
        if (!agent.presence().connected()) {
            return List.of();
        }
        var actions = new ArrayList<>(
                switch (agent.duty()) {
                    case Off _ -> agent.groups().isEmpty() ? List.<String>of() : List.of("startWork");
                    case Idle _ -> List.of("break", "offWork");
                    case Ringing _ -> List.of("answer", "break", "offWork");
                    case Connecting _ -> List.of("break", "offWork");
                    case Dialing _ -> List.of("hangup");
                    case InCall _ -> List.of("hangup", "hold", "resume", "mute", "sendDtmf", "break", "offWork");
                    case Acw _ ->
                        agent.owesNote() ? List.of("break", "offWork") : List.of("continueWork", "break", "offWork");
                    case Break _ -> List.of("continueWork", "offWork");
                });
        var mayDial = agent.duty() instanceof Idle || agent.duty() instanceof Acw || agent.duty() instanceof Break;
        if (mayDial && agent.presence().line().isPresent() && !agent.groups().isEmpty()) {
            actions.add("call");
        }
        if (!agent.notes().isEmpty()) {
            actions.add("saveNote");
        }
        if (agent.wish().isPresent()) {
            actions.add("cancelPending");
        }
        return actions;
    }
}
