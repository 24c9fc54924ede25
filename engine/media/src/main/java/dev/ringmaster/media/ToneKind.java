package dev.ringmaster.media;

import java.util.Locale;

/// Tones of the telephone network, in the cadence of mainland China (450 Hz). Each is also a sound that prompts can
/// name, see [#sound()].
public enum ToneKind {
    /// 1 s on, 4 s off.
    RINGBACK,
    /// 0.35 s on and off.
    BUSY,
    /// 0.7 s on and off: no way through.
    CONGESTION,
    /// Without pause: dial now.
    DIAL,
    /// One short high tone, then silence: an automatic answer, or the start of a message.
    BEEP;

    /// Its name as a sound: one round of the cadence.
    public String sound() {
        return "tone/" + name().toLowerCase(Locale.ROOT);
    }
}
