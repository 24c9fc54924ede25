package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A call that has begun: the states, and what they have in common. Whoever is late with a message of something that is
/// over is agreed with; whoever wants something that cannot be is refused.
sealed interface Live extends Call permits Ivr, Queued, Offered, DialingOut, Talking, Survey, Announcing, Ended {
    CallFile file();

    /// The same state with another file.
    Live with(CallFile file);

    /// What this state does with agents' and queues' messages, buttons and its own timer.
    Decision<CallEvent> react(CallCommand command, Instant now, Flows flows);

    /// What follows when the customer has pressed a key.
    default List<CallEvent> keyPressed(String key, Instant now, Flows flows) {
        return List.of();
    }

    /// Whether keys mean something to us in this state.
    default boolean wantsKeys() {
        return false;
    }

    /// What follows when the prompt that plays now has ended.
    default List<CallEvent> promptEnded(Instant now, Flows flows) {
        return List.of();
    }

    /// Number of the prompt that plays now, 0 = none.
    default long prompt() {
        return 0;
    }

    /// What the customer hears.
    CallPlan.Hears hears();

    /// Name on the page (`docs/live-protocol.md`, CallScreen).
    String phase();

    Instant since();

    @Override
    default Decision<CallEvent> decide(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.Arrive a ->
                file().leg(a.legId()).isPresent() ? nothing() : refuse("CallExists", "Another call has this id.");
            case CallCommand.FromAgent(AgentToCall.Dial dial) ->
                file().birth()
                                .dialled()
                                .filter(d -> d.token().equals(dial.token()))
                                .isPresent()
                        ? nothing()
                        : refuse("CallExists", "Another call has this id.");
            case CallCommand.Fact fact -> LegFacts.decide(this, fact, now, flows);
            case CallCommand.EdgeLost lost -> LegFacts.edgeLost(this, lost, now);
            case CallCommand.Confirm(var confirmation) -> CallDebts.confirmed(this, confirmation, now);
            case CallCommand.Doubted(var doubt) -> CallDoubts.doubted(this, doubt, now, flows);
            case CallCommand.LegNotHeld said -> CallDoubts.legNotHeld(this, said, now);
            case CallCommand.AgentHasNothing said -> CallDoubts.agentHasNothing(this, said, now, flows);
            case CallCommand.AskedUnder asked -> CallDoubts.askedUnder(this, asked, now);
            default -> react(command, now, flows);
        };
    }

    /// What every state says to a command that it does not know.
    default Decision<CallEvent> otherwise(CallCommand command) {
        return switch (command) {
            case CallCommand.FromAgent(AgentToCall.Answered _) -> refuse("CallGone", "The caller was faster.");
            case CallCommand.FromQueue(QueueToCall.Offer _) -> refuse("NotWaiting", "The call does not wait.");
            case CallCommand.Control c
            when file().lastAgent().filter(c.agentId()::equals).isEmpty() ->
                refuse("NotYourCall", "This is not your call.");
            case CallCommand.HangUp _ -> nothing(); // she has hung up already
            case CallCommand.Control _ ->
                refuse("InvalidCallState", "The call is not in conversation (" + phase() + ").");
            default -> nothing();
        };
    }

    @Override
    default Optional<CallPlan> plan(long version) {
        return Optional.of(CallPlans.of(this, version));
    }

    @Override
    default List<Owed> owed() {
        return file().debts();
    }

    @Override
    default Optional<CallScreen> screen() {
        return Optional.of(CallScreens.of(this));
    }

    @Override
    default boolean open() {
        return true;
    }

    @Override
    default Optional<Instant> startedAt() {
        return Optional.of(file().birth().at());
    }
}
