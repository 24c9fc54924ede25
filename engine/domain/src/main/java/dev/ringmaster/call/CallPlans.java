package dev.ringmaster.call;

import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.LegPlan;
import dev.ringmaster.call.CallPlan.LinePart;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.exchange.LineRef;
import java.util.List;
import java.util.Optional;

/// Draws the [CallPlan] from a call: which legs stand how, and who hears what.
final class CallPlans {
    private CallPlans() {}

    static CallPlan of(Live call, long version) {
        var file = call.file();
        var legs = file.legs().stream()
                .filter(l -> !l.ended())
                .map(l -> new LegPlan(
                        l.legId(),
                        l.edge(),
                        signal(call),
                        call.hears(),
                        l.dialog(),
                        call instanceof Talking t ? Optional.of(t.recordingId()) : Optional.empty(),
                        call instanceof Talking t ? t.digits() : List.of()))
                .toList();
        return new CallPlan(file.callId(), file.birth().instanceId(), version, legs, line(call));
    }

    private static Signal signal(Live call) {
        return switch (call) {
            case Ended _ -> new Signal.Close();
            case DialingOut d ->
                new Signal.Invite(
                        d.dialled().trunkId(),
                        d.file().birth().to(),
                        d.file().birth().from(),
                        d.dialled().ringFor(),
                        DialingOut.GOOD_FOR);
            default ->
                call.file().inbound() && call.file().answeredAt().isEmpty() ? new Signal.Ring() : new Signal.Answer();
        };
    }

    private static Optional<LinePart> line(Live call) {
        return switch (call) {
            case Talking t -> t.line().map(line -> talking(t, line));
            case DialingOut d -> d.line().map(line -> new LinePart(d.dialled().agentId(), line, ringing(d), false));
            default -> Optional.empty();
        };
    }

    private static LinePart talking(Talking t, LineRef line) {
        var held = t.heldAt().isPresent();
        var hears =
                held ? new Hears.Silence() : new Hears.Leg(t.file().customer().legId());
        return new LinePart(t.agentId(), line, hears, !held && !t.muted());
    }

    /// The network's own tone where it sends one, else ours once the callee rings.
    private static Hears ringing(DialingOut d) {
        if (d.earlyMedia()) {
            return new Hears.Leg(d.file().customer().legId());
        }
        return d.sipStatus() >= 180 ? new Hears.Tone(Hears.Tone.Kind.RINGBACK) : new Hears.Silence();
    }
}
