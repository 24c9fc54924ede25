package dev.ringmaster.simulation;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.base.Refusal;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.exchange.AgentToQueue;
import dev.ringmaster.exchange.CallToQueue;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.queue.Board;
import dev.ringmaster.queue.Matchmaker;
import dev.ringmaster.queue.Pairing;
import java.time.Duration;
import java.util.List;

/// A group's queue as its actor drives it; when it crashes, a new and empty one begins.
final class QueueNode {
    private final ContactCentre centre;
    private final World world;
    private final String groupId;
    private Matchmaker matchmaker;
    private int tokens;

    QueueNode(ContactCentre centre, String groupId) {
        this.centre = centre;
        this.world = centre.world;
        this.groupId = groupId;
        this.matchmaker = new Matchmaker(world.now());
        world.every(250, this::tick);
    }

    void told(CallToQueue notice) {
        matchmaker.told(notice, world.now());
        pair();
    }

    void told(AgentToQueue notice) {
        matchmaker.told(notice, world.now());
        pair();
    }

    Board board() {
        return matchmaker.board(world.now(), 1_000);
    }

    void crash() {
        matchmaker = new Matchmaker(world.now());
    }

    private void tick() {
        matchmaker.tidy(world.now()).forEach(this::release);
        for (var callId : List.copyOf(matchmaker.hopeless(world.now()))) {
            world.send(
                    () -> centre.call(callId).tell(new CallCommand.FromQueue(new QueueToCall.NobodyOnDuty(groupId))));
        }
        pair();
    }

    private void pair() {
        for (var p : matchmaker.pair(world.now(), () -> groupId + "-t" + ++tokens)) {
            var reserve = new QueueToAgent.Reserve(p.token(), p.callId(), groupId, Duration.ofSeconds(2));
            world.send(() -> centre.agent(p.agentId())
                    .tell(
                            new AgentCommand.FromQueue(reserve),
                            refusal -> world.send(() -> reserveAnswered(
                                    p, refusal.map(Refusal::code).orElse("")))));
        }
    }

    private void reserveAnswered(Pairing p, String refusedBecause) {
        if (!refusedBecause.isEmpty()) {
            matchmaker.reservationRefused(p.token(), refusedBecause);
            pair();
            return;
        }
        if (matchmaker.reserved(p.token()).isEmpty()) {
            release(p);
            return;
        }
        var offer = new QueueToCall.Offer(groupId, p.token(), p.agentId(), p.agentName(), p.decision());
        world.send(() -> centre.call(p.callId())
                .tell(
                        new CallCommand.FromQueue(offer),
                        refusal -> world.send(() -> offerAnswered(p, refusal.isPresent()))));
    }

    private void offerAnswered(Pairing p, boolean refused) {
        if (!refused) {
            matchmaker.offerAgreed(p.token());
            return;
        }
        matchmaker.offerRefused(p.token());
        release(p);
        pair();
    }

    private void release(Pairing p) {
        world.send(
                () -> centre.agent(p.agentId()).tell(new AgentCommand.FromQueue(new QueueToAgent.Release(p.token()))));
    }
}
