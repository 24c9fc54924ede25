package dev.ringmaster.simulation;

import dev.ringmaster.base.Decision;
import dev.ringmaster.call.Call;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.exchange.Owed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A call and the customer at its other end.
final class CallNode extends Node<Call, CallCommand, CallEvent> {
    final Customer customer;

    CallNode(ContactCentre centre, String id) {
        super(centre, id, Call.unborn(id));
        customer = new Customer(this);
    }

    @Override
    Decision<CallEvent> decide(CallCommand command) {
        return state.decide(command, world.now(), ContactCentre.FLOWS);
    }

    @Override
    Call apply(Call from, CallEvent event) {
        return Call.apply(from, event);
    }

    @Override
    Call unborn() {
        return Call.unborn(id);
    }

    @Override
    CallCommand timer() {
        return new CallCommand.DeadlinePassed();
    }

    @Override
    Optional<Instant> deadline() {
        return state.deadline();
    }

    @Override
    List<Owed> owed() {
        return state.owed();
    }

    @Override
    boolean finished() {
        return !events.isEmpty() && !state.open();
    }

    @Override
    void show() {
        state.plan(events.size()).ifPresent(customer::carryOut);
        state.waiting(events.size())
                .ifPresent(w -> world.send(() -> centre.queue(w.groupId()).told(w.notice())));
    }
}
