package dev.ringmaster.simulation;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.call.Call;
import dev.ringmaster.runtime.agent.AgentEntity;
import dev.ringmaster.runtime.call.CallEntity;
import dev.ringmaster.runtime.tenant.SeatsEntity;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.tenant.Seats;
import org.apache.pekko.persistence.typed.javadsl.CommandHandler;
import org.apache.pekko.persistence.typed.javadsl.EventHandler;

/// Takes the real shells apart for [Entity].
final class Shells {
    private static final int SNAPSHOT_EVERY = 15;

    private Shells() {}

    static Entity.Shell<CallMessage, Object, Call> of(CallEntity shell) {
        return new Entity.Shell<>(
                shell.emptyState(),
                any(shell.commandHandler()),
                anyEvent(shell.eventHandler()),
                shell.signalHandler(),
                0,
                CallMessage.Own.STOP,
                Call::deadline);
    }

    static Entity.Shell<AgentMessage, Object, Agent> of(AgentEntity shell) {
        return new Entity.Shell<>(
                shell.emptyState(),
                any(shell.commandHandler()),
                anyEvent(shell.eventHandler()),
                shell.signalHandler(),
                SNAPSHOT_EVERY,
                AgentMessage.Own.STOP,
                Agent::deadline);
    }

    static Entity.Shell<SeatsMessage, Object, Seats> of(SeatsEntity shell) {
        return new Entity.Shell<>(
                shell.emptyState(),
                any(shell.commandHandler()),
                anyEvent(shell.eventHandler()),
                shell.signalHandler(),
                SNAPSHOT_EVERY,
                SeatsMessage.Own.STOP,
                Seats::deadline);
    }

    @SuppressWarnings("unchecked") // an entity's journal holds its own events only
    private static <M, S> CommandHandler<M, Object, S> any(CommandHandler<M, ?, S> handler) {
        return (CommandHandler<M, Object, S>) handler;
    }

    @SuppressWarnings("unchecked") // an entity's journal holds its own events only
    private static <S> EventHandler<S, Object> anyEvent(EventHandler<S, ?> handler) {
        return (EventHandler<S, Object>) handler;
    }
}
