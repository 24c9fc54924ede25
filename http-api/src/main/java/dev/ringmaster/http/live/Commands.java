package dev.ringmaster.http.live;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.BreakReason;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.http.web.Problem;
import dev.ringmaster.runtime.agent.Agents;
import dev.ringmaster.runtime.call.Calls;
import dev.ringmaster.runtime.wire.Reply;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/// The buttons of the workbench: reads name and arguments of a command and asks its owner, with
/// the command's id as idempotency key.
final class Commands {
    private static final Pattern DIGITS = Pattern.compile("[0-9*#A-D]{1,32}");
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*#]{3,32}");
    private static final Pattern SEPARATORS = Pattern.compile("[ ()./-]");
    private static final Set<String> SOURCES = Set.of("dialPad", "fab", "ticket", "api");
    private static final int MAX_NOTE_CHARS = 1_000;

    private final Agents agents;
    private final Calls calls;
    private final String instanceId;
    private final String agentId;
    private final long fence;

    Commands(Agents agents, Calls calls, String instanceId, String agentId, long fence) {
        this.agents = agents;
        this.calls = calls;
        this.instanceId = instanceId;
        this.agentId = agentId;
        this.fence = fence;
    }

    /// @throws Problem when an argument is missing or wrong
    CompletionStage<Reply> run(ClientMessage.Command command) {
        var id = command.id();
        var args = command.args();
        return switch (command.name()) {
            case "startWork" -> agents.startWork(instanceId, agentId, fence, id);
            case "break" -> ask(id, new AgentCommand.TakeBreak(fence, reason(args)));
            case "offWork" -> ask(id, new AgentCommand.GoOffWork(fence));
            case "continueWork" -> ask(id, new AgentCommand.ContinueWork(fence));
            case "cancelPending" -> ask(id, new AgentCommand.CancelPending(fence));
            case "answer" -> ask(id, new AgentCommand.Answer(fence, callId(args)));
            case "autoAnswer" -> ask(id, new AgentCommand.SetAutoAnswer(fence, flag(args, "on")));
            case "hangup" -> control(id, args, new CallCommand.HangUp(agentId));
            case "hold" -> control(id, args, new CallCommand.Hold(agentId));
            case "resume" -> control(id, args, new CallCommand.Resume(agentId));
            case "mute" -> control(id, args, new CallCommand.Mute(agentId, flag(args, "on")));
            case "sendDtmf" -> control(id, args, new CallCommand.SendDigits(agentId, id, digits(args)));
            case "call" -> call(id, args);
            case "saveNote" ->
                ask(
                        id,
                        new AgentCommand.SaveNote(
                                fence,
                                callId(args),
                                optional(args, "category", 100).orElse(""),
                                optional(args, "result", 100).orElse(""),
                                new Said(optional(args, "text", MAX_NOTE_CHARS).orElse(""))));
            default -> throw Problem.invalid("name", "There is no command of this name.");
        };
    }

    private CompletionStage<Reply> ask(String id, AgentCommand command) {
        return agents.ask(agentId, id, command);
    }

    private CompletionStage<Reply> control(String id, JsonNode args, CallCommand.Control control) {
        return calls.control(agentId, fence, id, callId(args), control);
    }

    private CompletionStage<Reply> call(String id, JsonNode args) {
        var number = SEPARATORS.matcher(text(args, "number", 64)).replaceAll("");
        if (!NUMBER.matcher(number).matches()) {
            throw Problem.of(400, "InvalidNumber", "This is not a telephone number.");
        }
        var source = optional(args, "source", 20).orElse("api");
        if (!SOURCES.contains(source)) {
            throw Problem.invalid("source", "\"source\" is dialPad, fab, ticket or api.");
        }
        return agents.dial(
                instanceId,
                agentId,
                fence,
                id,
                new PhoneNumber(number),
                optional(args, "callerId", 32).map(PhoneNumber::new),
                new Said(optional(args, "remark", 500).orElse("")),
                source);
    }

    private static BreakReason reason(JsonNode args) {
        var name = text(args, "reason", 20);
        for (var reason : BreakReason.values()) {
            if (reason.name().toLowerCase(Locale.ROOT).equals(name)) {
                return reason;
            }
        }
        throw Problem.invalid("reason", "\"reason\" is rest, meal, meeting, training or coaching.");
    }

    private static String callId(JsonNode args) {
        return text(args, "callId", 200);
    }

    private static Said digits(JsonNode args) {
        var digits = text(args, "digits", 32);
        if (!DIGITS.matcher(digits).matches()) {
            throw Problem.invalid("digits", "\"digits\" has 1 to 32 of 0-9, *, #, A-D.");
        }
        return new Said(digits);
    }

    private static boolean flag(JsonNode args, String field) {
        if (!args.path(field).isBoolean()) {
            throw Problem.invalid(field, "\"" + field + "\" is true or false.");
        }
        return args.path(field).booleanValue();
    }

    private static String text(JsonNode args, String field, int maxLength) {
        return optional(args, field, maxLength)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> Problem.invalid(field, "\"" + field + "\" is missing."));
    }

    private static Optional<String> optional(JsonNode args, String field, int maxLength) {
        var value = args.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isTextual() || value.textValue().length() > maxLength) {
            throw Problem.invalid(field, "\"" + field + "\" is a text of at most " + maxLength + " characters.");
        }
        return Optional.of(value.textValue());
    }
}
