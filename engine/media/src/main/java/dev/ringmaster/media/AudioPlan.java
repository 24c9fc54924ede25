package dev.ringmaster.media;

import java.util.Objects;

/// What one party hears, whether it is heard, and what is recorded: the whole wish for a stream.
///
/// @param hears what is sent to the party
/// @param muted what the party says reaches neither the streams bridged to it nor a recording; its keys still count
/// @param records the recording of this party's conversation
public record AudioPlan(Hears hears, boolean muted, Records records) {
    public AudioPlan {
        Objects.requireNonNull(hears);
        Objects.requireNonNull(records);
    }

    public static AudioPlan hearing(Hears hears) {
        return new AudioPlan(hears, false, new Records.Nothing());
    }

    public AudioPlan withHears(Hears wish) {
        return new AudioPlan(wish, muted, records);
    }

    public AudioPlan recording(Records wish) {
        return new AudioPlan(hears, muted, wish);
    }

    public AudioPlan muted(boolean on) {
        return new AudioPlan(hears, on, records);
    }
}
