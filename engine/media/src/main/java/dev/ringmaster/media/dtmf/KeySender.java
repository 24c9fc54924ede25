package dev.ringmaster.media.dtmf;

/// Sends keys one after another, a step each 20 ms: 100 ms of tone, the end three times, 60 ms of pause.
public final class KeySender {
    /// Keys that may wait.
    public static final int MAX_WAITING = 64;

    private static final int SAMPLES_A_STEP = 160;
    private static final int TONE_STEPS = 5;
    private static final int END_REPEATS = 2;
    private static final int PAUSE_STEPS = 3;
    private static final int COMMA_STEPS = 50;
    /// -10 dBm0, the usual level of a key.
    private static final int VOLUME = 10;

    private final char[] waiting = new char[MAX_WAITING];
    private int first;
    private int count;

    private int event = -1;
    private int step;
    private int pause;
    private int timestamp;
    private int sequence;

    /// Puts keys behind those that wait; what is no key, or too much, is left out.
    public void send(String keys) {
        for (int i = 0; i < keys.length() && count < MAX_WAITING; i++) {
            char key = keys.charAt(i);
            if (Keys.event(key) >= 0 || key == ',') {
                waiting[(first + count++) % MAX_WAITING] = key;
            }
        }
    }

    /// Whether keys are under way; then [#step] is to be called each 20 ms, and nothing else may be sent.
    public boolean isBusy() {
        return event >= 0 || pause > 0 || count > 0;
    }

    /// Goes on by 20 ms.
    ///
    /// @return whether a packet of a key is to be sent now
    public boolean step() {
        timestamp += event >= 0 ? 0 : SAMPLES_A_STEP;
        if (event >= 0 && ++step >= TONE_STEPS + END_REPEATS) {
            event = -1;
            timestamp += SAMPLES_A_STEP * (TONE_STEPS + END_REPEATS);
            pause = PAUSE_STEPS;
        }
        if (pause > 0) {
            pause--;
            return false;
        }
        if (event < 0) {
            if (count == 0) {
                return false;
            }
            char key = waiting[first];
            first = (first + 1) % MAX_WAITING;
            count--;
            if (key == ',') {
                pause = COMMA_STEPS - 1;
                return false;
            }
            event = Keys.event(key);
            step = 0;
        }
        sequence = (sequence + 1) & 0xFFFF;
        return true;
    }

    /// Writes the four bytes of the packet.
    public void write(byte[] out, int at) {
        int samples = samples();
        out[at] = (byte) event;
        out[at + 1] = (byte) (VOLUME | (step >= TONE_STEPS - 1 ? 0x80 : 0));
        out[at + 2] = (byte) (samples >> 8);
        out[at + 3] = (byte) samples;
    }

    /// How long the key has sounded in this packet.
    public int samples() {
        return SAMPLES_A_STEP * Math.min(step + 1, TONE_STEPS);
    }

    /// Whether this is the first packet of a key.
    public boolean isFirst() {
        return step == 0;
    }

    /// The key that sounds, for those who want it in their ear; only after [#step] said true.
    public char key() {
        return Keys.key(event);
    }

    /// Which 20 ms of the tone this is, or -1 when only its end is said again.
    public int toneStep() {
        return step < TONE_STEPS ? step : -1;
    }

    public int timestamp() {
        return timestamp;
    }

    public int sequence() {
        return sequence;
    }
}
