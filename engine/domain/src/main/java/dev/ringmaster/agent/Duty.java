package dev.ringmaster.agent;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.QueueToAgent;
import java.time.Instant;
import java.util.Optional;

/// What an agent is doing now: the states of spec 05. Each holds only what is true in it, decides what a command may do
/// there, and names the moment at which it gives up waiting.
public sealed interface Duty permits Off, Idle, Ringing, Connecting, Dialing, InCall, Acw, Break {
    /// As the table of spec 05 calls it.
    String name();

    /// Why she is in it, in one word.
    String cause();

    Instant since();

    Decision<AgentEvent> decide(Agent agent, AgentCommand command, Instant now);

    default Optional<Instant> deadline(Agent agent) {
        return Optional.empty();
    }

    /// The call she has to do with: rings, dials or talks.
    default Optional<Served> call() {
        return Optional.empty();
    }

    /// Whether her line serves that call.
    default boolean serves() {
        return false;
    }

    /// Whether she hears a beep before she is bridged.
    default boolean beeps() {
        return false;
    }

    /// The same duty with another version of the line told to its call.
    default Duty told(long lineVersion) {
        return this;
    }

    /// What every state says to a command that it does not know: refuse what people and queues ask, agree to what is
    /// over anyway (an old timer, a late message of a closed token).
    static Decision<AgentEvent> otherwise(Agent agent, AgentCommand command) {
        return switch (command) {
            case AgentCommand.DeadlinePassed _ -> Decision.nothing();
            case AgentCommand.FromCall(CallToAgent.Ring(var _, var token, var _, var _)) ->
                agent.isClosed(token) ? Decision.refuse("TokenClosed", "This offer is over.") : agent.invalid(command);
            // Whoever dials for a token that she no longer knows must hear that nobody listens.
            case AgentCommand.FromCall(CallToAgent.DialAnswered _) ->
                Decision.refuse("TokenClosed", "This dial is over.");
            case AgentCommand.FromCall _ -> Decision.nothing();
            case AgentCommand.FromQueue(QueueToAgent.Release _) -> Decision.nothing();
            case AgentCommand.FromQueue(QueueToAgent.Reserve _) ->
                notFree(agent.duty().name());
            case AgentCommand.Answer(var _, var callId)
            when agent.answerOutcome(callId) == AnswerOutcome.GONE ->
                Decision.refuse("CallGone", "The caller has hung up.");
            case AgentCommand.Answer(var _, var callId)
            when agent.answerOutcome(callId) == AnswerOutcome.AGREED -> Decision.nothing();
            case AgentCommand.Steer(var _, var callId)
            when agent.duty().call().filter(c -> !c.callId().equals(callId)).isPresent() ->
                Decision.refuse("NotYourCall", "This is not your call.");
            default -> agent.invalid(command);
        };
    }

    /// The answer to a queue: the code is what she is doing instead.
    static Decision<AgentEvent> notFree(String state) {
        return Decision.refuse(state, "She is not free.");
    }
}
