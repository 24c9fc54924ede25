package dev.ringmaster.runtime.agent;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentScreen;
import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.Surroundings.Fate;
import dev.ringmaster.runtime.entity.Watchers;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueMessage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Makes the outside of one agent look like her state: the plan of her line, her leases with the
/// queues, her screen; and notices when
/// her session or her line falls silent. Nothing here is remembered over a crash.
final class AgentOutside {
    /// Session and line each say "alive" every 2–5 s; so much silence is a loss.
    private static final long SILENCE_NANOS = 10_000_000_000L;

    /// Ticks come each second; a longer pause is a stall of the machine.
    private static final long STALL_NANOS = 3_000_000_000L;

    /// How long a ring may go on for a call that has taken it back, when the word was lost on a node
    /// that did not know better. Shorter costs a message and its answer more for each agent with a call.
    private static final long ASK_NANOS = 5_000_000_000L;

    /// Older lines of the running session that are remembered as replaced, so that a late report never brings one back.
    private static final int MAX_REPLACED = 16;

    private final String agentId;
    private final Surroundings around;
    private final Watchers<AgentUpdate, Shown> watchers;
    private final ArrayDeque<LineRef> replaced = new ArrayDeque<>();
    private Optional<LinePlan> plan = Optional.empty();
    private long sessionHeard;
    private long lineHeard;
    private long fence;
    private long ticked;
    private long asked;
    private boolean oddTick;

    /// @param seq number of the last update that this watcher got
    private record Shown(long fence, long seq, @Nullable AgentScreen screen) {}

    AgentOutside(String agentId, Surroundings around) {
        this.agentId = agentId;
        this.around = around;
        this.watchers = new Watchers<>(around.nanoTime());
        heardEverybody();
    }

    /// Silence is counted from now: before, nobody could have been heard.
    void heardEverybody() {
        sessionHeard = around.nanoTime().getAsLong();
        lineHeard = sessionHeard;
        ticked = sessionHeard;
        asked = sessionHeard;
    }

    /// After a persist and after a recovery.
    void changed(Agent agent, long seq, Instant now) {
        if (fence != agent.fence()) {
            fence = agent.fence();
            sessionHeard = around.nanoTime().getAsLong();
        }
        handOut(agent.linePlan(seq), seq);
        tellQueues(agent, seq);
        watchers.each((watcher, shown) -> show(watcher, shown, agent, seq, now));
    }

    /// Each second.
    void tick(Agent agent, long seq) {
        var now = around.nanoTime().getAsLong();
        if (now - ticked > STALL_NANOS) {
            // It was we who stood still: what was said meanwhile is still in the mailbox.
            sessionHeard += now - ticked;
            lineHeard += now - ticked;
        }
        ticked = now;
        watchers.forgetSilent();
        oddTick = !oddTick;
        if (oddTick) {
            tellQueues(agent, seq);
        }
        if (now - asked >= ASK_NANOS) {
            askCall(agent);
        }
    }

    /// Each 5 s, and after a recovery, for she may have missed what another node was told in her name.
    void askCall(Agent agent) {
        asked = around.nanoTime().getAsLong();
        agent.reliesOn()
                .ifPresent(served ->
                        around.post().toCall(served.callId(), new CallMessage.WhatOf(agentId, served.token())));
    }

    /// What has been silent for too long, as the command that says so.
    Optional<AgentCommand> silence(Agent agent) {
        var now = around.nanoTime().getAsLong();
        if (agent.screen().connection().equals("CONNECTED") && now - sessionHeard > SILENCE_NANOS) {
            sessionHeard = now;
            return Optional.of(new AgentCommand.SessionLost(agent.fence(), false));
        }
        return plan.map(LinePlan::line).flatMap(line -> {
            var withItsEdge = around.edges().fate(line.edge()) == Fate.LOST;
            return withItsEdge || now - lineHeard > SILENCE_NANOS
                    ? Optional.of(new AgentCommand.LineLost(line, withItsEdge))
                    : Optional.empty();
        });
    }

    /// Her browser says "alive"; the first time it sees the screen at once, and later what it has missed.
    void watched(AgentMessage.Watch watch, Agent agent, long seq, Instant now) {
        var watcher = watch.watcher();
        if (watch.fence() != agent.fence()) {
            watchers.forget(watcher);
            watcher.tell(new AgentUpdate(0, seq, agent.screen(), now, true));
            return;
        }
        sessionHeard = around.nanoTime().getAsLong();
        var shown = watchers.renew(watcher, new Shown(watch.fence(), seq, agent.screen()));
        if (watch.seen() < shown.seq()) {
            watchers.note(watcher, new Shown(watch.fence(), seq, agent.screen()));
            watcher.tell(new AgentUpdate(0, seq, agent.screen(), now, false));
        }
    }

    /// One session counts: whoever watches under the same fence and has come later stays, the others are told.
    void oneSession(Agent agent, long seq, Instant now) {
        watchers.oldest(watchers.size() - 1).forEach(watcher -> {
            watchers.forget(watcher);
            watcher.tell(new AgentUpdate(0, seq, agent.screen(), now, true));
        });
    }

    boolean watchedBySomebody() {
        return !watchers.none();
    }

    AgentMessage.LineHome lineHome(Agent agent, long fence) {
        return new AgentMessage.LineHome(
                fence == agent.fence(), plan.map(p -> p.line().edge()));
    }

    /// Whether this line is, or may become, her line: of the session that counts, and not one that was replaced.
    boolean wanted(Agent agent, AgentMessage.LineHeld held) {
        return held.up()
                && held.fence() == agent.fence()
                && !replaced.contains(held.line())
                && plan.filter(p -> !p.keep() && p.line().equals(held.line())).isEmpty();
    }

    /// The edge that holds a line hears what to do with it.
    void answerEdge(AgentMessage.LineHeld held, boolean wanted, long seq) {
        if (plan.map(LinePlan::line).filter(held.line()::equals).isPresent()) {
            lineHeard = held.up() ? around.nanoTime().getAsLong() : lineHeard;
            plan.ifPresent(p -> held.edge().tell(new EdgeMessage.CarryOutLine(p)));
        } else if (held.up() && !wanted) {
            held.edge().tell(new EdgeMessage.CarryOutLine(close(held.line(), held.fence(), seq)));
        }
    }

    private void handOut(Optional<LinePlan> next, long seq) {
        if (next.map(AgentOutside::withoutVersion).equals(plan.map(AgentOutside::withoutVersion))) {
            return;
        }
        var before = plan.map(LinePlan::line);
        var after = next.map(LinePlan::line);
        if (!before.equals(after)) {
            lineHeard = around.nanoTime().getAsLong();
        }
        if (before.isPresent() && after.isPresent() && !before.equals(after)) {
            remember(before.get());
            // An edge has one line an agent, so it has closed the older one itself; another edge knows nothing of the
            // newer.
            if (!before.get().edge().equals(after.get().edge())) {
                send(close(before.get(), plan.map(LinePlan::fence).orElse(0L), seq));
            }
        }
        plan = next;
        next.ifPresent(this::send);
    }

    private void remember(LineRef line) {
        replaced.addLast(line);
        if (replaced.size() > MAX_REPLACED) {
            replaced.removeFirst();
        }
    }

    private LinePlan close(LineRef line, long fence, long seq) {
        return new LinePlan(agentId, line, seq, fence, false, Optional.empty(), false);
    }

    private void send(LinePlan line) {
        around.edges().tell(line.line().edge(), new EdgeMessage.CarryOutLine(line));
    }

    private static LinePlan withoutVersion(LinePlan plan) {
        return new LinePlan(plan.agentId(), plan.line(), 0, plan.fence(), plan.keep(), plan.callId(), plan.alert());
    }

    /// A lease, and the news when something has changed.
    private void tellQueues(Agent agent, long seq) {
        agent.queueNotices(seq)
                .forEach(notice ->
                        around.post().toQueue(notice.groupId(), new QueueMessage.AgentTells(notice.notice())));
    }

    private void show(ActorRef<AgentUpdate> watcher, Shown shown, Agent agent, long seq, Instant now) {
        if (shown.fence() != agent.fence()) {
            watchers.forget(watcher);
            watcher.tell(new AgentUpdate(shown.seq(), seq, agent.screen(), now, true));
            return;
        }
        var screen = agent.screen();
        if (!screen.equals(shown.screen())) {
            watchers.note(watcher, new Shown(shown.fence(), seq, screen));
            watcher.tell(new AgentUpdate(shown.seq(), seq, screen, now, false));
        }
    }
}
