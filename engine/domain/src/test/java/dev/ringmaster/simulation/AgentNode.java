package dev.ringmaster.simulation;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.agent.BreakReason;
import dev.ringmaster.base.Decision;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.Owed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// An agent, and the person with a browser who plays her: answers mostly, dials at times, loses
/// her network now and then.
final class AgentNode extends Node<Agent, AgentCommand, AgentEvent> {
    private final AgentProfile profile;
    private Instant offlineUntil = Instant.MIN;
    private long sessions;
    private long lines;
    private long dials;
    private long seats;

    AgentNode(ContactCentre centre, String id, List<String> groups) {
        super(centre, id, Agent.unborn(id));
        profile = new AgentProfile(
                "demo",
                id,
                groups.stream().map(g -> new AgentProfile.Group(g, g)).toList());
        world.every(700 + id.hashCode() % 100, this::act);
    }

    @Override
    Decision<AgentEvent> decide(AgentCommand command) {
        return state.decide(command, world.now());
    }

    @Override
    Agent apply(Agent from, AgentEvent event) {
        return Agent.apply(from, event);
    }

    @Override
    Agent unborn() {
        return Agent.unborn(id);
    }

    @Override
    AgentCommand timer() {
        return new AgentCommand.DeadlinePassed();
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
        return false;
    }

    @Override
    void show() {
        for (var notice : state.queueNotices(events.size())) {
            world.send(() -> centre.queue(notice.groupId()).told(notice.notice()));
        }
    }

    /// What the person does about what she sees.
    private void act() {
        if (down() || world.now().isBefore(offlineUntil)) {
            return;
        }
        var screen = state.screen();
        if (screen.connection().equals("LOST") || (!world.calm && world.chance(0.002))) {
            login(!screen.connection().equals("LOST"));
            return;
        }
        if (state.presence().line().isEmpty()) {
            openLine();
        }
        if (!world.calm && world.chance(0.004)) {
            loseNetwork();
            return;
        }
        var fence = state.fence();
        switch (screen.state()) {
            case "OFF" -> {
                var seat = id + "-seat" + ++seats;
                if (centre.hold(seat, id)) {
                    tell(new AgentCommand.StartWork(fence, seat));
                }
            }
            case "IDLE" -> idle(fence);
            case "RINGING" -> {
                if (world.chance(world.calm ? 0.5 : 0.15)) {
                    tell(new AgentCommand.Answer(fence, screen.callId().orElseThrow()));
                }
            }
            case "IN_CALL" -> inCall(fence, screen.callId().orElseThrow());
            case "DIALING" -> {
                if (world.chance(0.02)) {
                    steer(fence, new CallCommand.HangUp(id), screen.callId().orElseThrow());
                }
            }
            case "ACW" -> {
                screen.note()
                        .filter(n -> !n.saved())
                        .ifPresent(n -> tell(new AgentCommand.SaveNote(fence, n.callId(), "a", "b", new Said("c"))));
                tell(new AgentCommand.ContinueWork(fence));
            }
            case "BREAK" -> {
                if (world.chance(0.3)) {
                    tell(new AgentCommand.ContinueWork(fence));
                }
            }
            default -> throw new AssertionError(screen.state());
        }
    }

    private void idle(long fence) {
        if (world.calm) {
            return;
        }
        if (world.chance(0.01)) {
            tell(new AgentCommand.TakeBreak(fence, BreakReason.REST));
        } else if (world.chance(0.003)) {
            tell(new AgentCommand.GoOffWork(fence));
        } else if (world.chance(0.01)) {
            tell(new AgentCommand.Dial(
                    fence,
                    "d" + ++dials,
                    new PhoneNumber("139"),
                    new PhoneNumber("0571"),
                    "loopback",
                    new Said(""),
                    "dialPad",
                    ""));
        } else if (world.chance(0.01)) {
            tell(new AgentCommand.SetAutoAnswer(fence, world.random.nextBoolean()));
        }
    }

    private void inCall(long fence, String callId) {
        if (world.chance(0.03) || (world.calm && world.chance(0.2))) {
            steer(fence, new CallCommand.HangUp(id), callId);
        } else if (world.chance(0.05)) {
            steer(fence, new CallCommand.Hold(id), callId);
        } else if (world.chance(0.1)) {
            steer(fence, new CallCommand.Resume(id), callId);
        } else if (world.chance(0.01)) {
            tell(new AgentCommand.GoOffWork(fence));
        }
    }

    private void steer(long fence, CallCommand command, String callId) {
        tell(new AgentCommand.Steer(fence, callId), refusal -> {
            if (refusal.isEmpty()) {
                world.send(() -> centre.call(callId).tell(command));
            }
        });
    }

    private void login(boolean otherBrowser) {
        var resumes = otherBrowser
                ? Optional.<String>empty()
                : state.presence().resumeHashes().stream().findFirst();
        tell(new AgentCommand.OpenSession("s" + ++sessions, profile, resumes, "h" + sessions, true));
        openLine();
    }

    private void openLine() {
        tell(new AgentCommand.LineOpened(state.fence(), new LineRef(ContactCentre.EDGE, id + "-" + ++lines)));
    }

    private void loseNetwork() {
        offlineUntil = world.now().plusMillis(world.between(1_000, 100_000));
        var fence = state.fence();
        var line = state.presence().line();
        world.in(world.between(1, 10_000), () -> tell(new AgentCommand.SessionLost(fence, false)));
        if (world.chance(0.8)) {
            line.ifPresent(l -> world.in(world.between(1, 10_000), () -> tell(new AgentCommand.LineLost(l))));
        }
    }
}
