package dev.ringmaster.telephony.base;

import dev.ringmaster.call.CallPlan;
import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.Hears;
import dev.ringmaster.media.Records;
import dev.ringmaster.media.ToneKind;
import java.util.Optional;

/// Translates what a call's plan says of sound into what media does: one wish a stream.
public final class AudioWishes {
    private AudioWishes() {}

    /// What the party of a leg hears, and what is recorded of it.
    ///
    /// @param ear stream of the agent's line, when both plans say that it serves this call
    public static AudioPlan of(CallPlan plan, CallPlan.LegPlan leg, Optional<String> ear) {
        var mayHearHer = plan.line().filter(CallPlan.LinePart::heard).isPresent();
        var hears = hears(leg.hears(), mayHearHer ? ear : Optional.empty());
        Records records = leg.recording().<Records>map(Records.Into::new).orElseGet(Records.Nothing::new);
        return new AudioPlan(hears, false, records);
    }

    /// What an agent hears on her line, and whether she is heard.
    public static AudioPlan of(CallPlan.LinePart line) {
        return new AudioPlan(hears(line.hears(), Optional.empty()), !line.heard(), new Records.Nothing());
    }

    private static Hears hears(CallPlan.Hears wish, Optional<String> ear) {
        return switch (wish) {
            case CallPlan.Hears.Silence() -> new Hears.Silence();
            case CallPlan.Hears.Prompt(var generation, var names) -> new Hears.Prompt(generation, names);
            case CallPlan.Hears.Music(var name) -> new Hears.Music(name);
            case CallPlan.Hears.Tone(var kind) ->
                new Hears.Tone(
                        switch (kind) {
                            case RINGBACK -> ToneKind.RINGBACK;
                            case BUSY -> ToneKind.BUSY;
                            case BEEP -> ToneKind.BEEP;
                        });
            case CallPlan.Hears.Line() -> ear.<Hears>map(Hears.Bridge::new).orElseGet(Hears.Silence::new);
            case CallPlan.Hears.Leg(var legId) -> new Hears.Bridge(legId);
        };
    }
}
