package dev.ringmaster.media.dtmf;

/// The sixteen keys and their event numbers (RFC 4733 §3.2).
public final class Keys {
    private static final String BY_EVENT = "0123456789*#ABCD";
    private static final int[] LOW_HZ = {697, 770, 852, 941};
    private static final int[] HIGH_HZ = {1209, 1336, 1477, 1633};
    private static final String PAD = "123A456B789C*0#D";

    private Keys() {}

    /// @return the number of the event, or -1 when it is no key
    public static int event(char key) {
        return BY_EVENT.indexOf(Character.toUpperCase(key));
    }

    /// @param event 0 to 15
    public static char key(int event) {
        return BY_EVENT.charAt(event);
    }

    /// The lower of the two tones of a key.
    public static int lowHz(char key) {
        return LOW_HZ[PAD.indexOf(key) / 4];
    }

    /// The higher one.
    public static int highHz(char key) {
        return HIGH_HZ[PAD.indexOf(key) % 4];
    }
}
