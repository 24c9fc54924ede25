package dev.ringmaster.simulation;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.agent.AgentScreen;
import dev.ringmaster.agent.BreakReason;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallCommand;
import java.util.List;
import java.util.Optional;

/// One agent before her browser: she works with what her page shows, and her browser, network and
/// patience fail now and then.
final class Desk {
    private static final long LOOKS_EVERY_MS = 500;

    private final ContactCentre centre;
    private final World world;
    private final String agentId;
    private final AgentProfile profile;
    private Page page;
    private int pages;

    Desk(ContactCentre centre, String agentId, List<String> groups) {
        this.centre = centre;
        this.world = centre.world;
        this.agentId = agentId;
        this.profile = new AgentProfile(
                ContactCentre.INSTANCE,
                agentId,
                groups.stream().map(g -> new AgentProfile.Group(g, g)).toList());
        this.page = newPage();
        world.in(world.between(0, 3_000), () -> world.every(LOOKS_EVERY_MS, this::act));
    }

    private Page newPage() {
        return centre.page(this, agentId + "-page" + ++pages);
    }

    String agentId() {
        return agentId;
    }

    AgentProfile profile() {
        return profile;
    }

    Page page() {
        return page;
    }

    private void act() {
        if (page.closed()) {
            page = newPage();
        }
        if (trouble()) {
            return;
        }
        page.connect();
        page.screen().ifPresent(screen -> {
            page.openLine();
            work(screen);
        });
    }

    private boolean trouble() {
        if (!world.fault(centre.faults.browsers())) {
            return false;
        }
        if (world.chance(0.33)) {
            page.loseNetwork(world.chance(0.5) ? world.between(500, 8_000) : world.between(5_000, 100_000));
        } else if (world.chance(0.5)) {
            page.reload();
        } else if (world.chance(0.5)) {
            page = newPage(); // another browser; the old one finds out
        } else {
            page.closeOnPurpose();
        }
        return true;
    }

    private void work(AgentScreen screen) {
        var fence = page.fence().orElseThrow();
        switch (screen.state()) {
            case "OFF" -> {
                if (world.chance(0.5)) {
                    page.startWork();
                }
            }
            case "IDLE" -> idle(fence);
            case "RINGING" -> {
                if (world.chance(world.calm ? 0.5 : 0.08)) {
                    page.press(new AgentCommand.Answer(fence, screen.callId().orElseThrow()));
                }
            }
            case "IN_CALL" -> inCall(fence, screen.callId().orElseThrow());
            case "DIALING" -> {
                if (world.chance(0.02)) {
                    page.steer(new CallCommand.HangUp(agentId), screen.callId().orElseThrow());
                }
            }
            case "ACW" -> afterCall(screen, fence);
            case "BREAK" -> {
                if (world.chance(world.calm ? 0.5 : 0.1)) {
                    page.press(new AgentCommand.ContinueWork(fence));
                }
            }
            default -> throw new AssertionError(screen.state());
        }
    }

    private void idle(long fence) {
        if (world.calm) {
            return;
        }
        if (world.chance(0.005)) {
            page.press(new AgentCommand.TakeBreak(fence, BreakReason.REST));
        } else if (world.chance(0.0015)) {
            page.press(new AgentCommand.GoOffWork(fence));
        } else if (world.chance(0.005)) {
            page.press(new AgentCommand.Dial(
                    fence,
                    "d" + centre.nextNumber(),
                    new PhoneNumber("139"),
                    new PhoneNumber("0571"),
                    "loopback",
                    new Said(""),
                    "dialPad",
                    ""));
        } else if (world.chance(0.005)) {
            page.press(new AgentCommand.SetAutoAnswer(fence, world.chance(0.3)));
        }
    }

    private void inCall(long fence, String callId) {
        if (world.chance(0.015) || (world.calm && world.chance(0.1))) {
            page.steer(new CallCommand.HangUp(agentId), callId);
        } else if (world.chance(0.02)) {
            page.steer(new CallCommand.Hold(agentId), callId);
        } else if (world.chance(0.05)) {
            page.steer(new CallCommand.Resume(agentId), callId);
        } else if (world.chance(0.01)) {
            page.steer(new CallCommand.Mute(agentId, world.random.nextBoolean()), callId);
        } else if (world.chance(0.01)) {
            page.steer(new CallCommand.SendDigits(agentId, "k" + centre.nextNumber(), new Said("5")), callId);
        } else if (world.chance(0.003)) {
            page.press(new AgentCommand.GoOffWork(fence));
        } else if (world.chance(0.003)) {
            page.press(new AgentCommand.TakeBreak(fence, BreakReason.MEAL));
        }
    }

    private void afterCall(AgentScreen screen, long fence) {
        if (!world.calm && !world.chance(0.1)) {
            return;
        }
        Optional<AgentScreen.Note> unsaved = screen.note().filter(note -> !note.saved());
        if (unsaved.isPresent()) {
            page.press(new AgentCommand.SaveNote(fence, unsaved.get().callId(), "a", "b", new Said("c")));
        } else {
            page.press(new AgentCommand.ContinueWork(fence));
        }
    }
}
