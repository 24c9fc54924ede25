package dev.ringmaster.telephony.sdp;

import java.util.List;
import java.util.Locale;

/// Which way sound may flow, from the point of view of who says it (RFC 3264 §5.1).
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    public static Direction of(boolean sends, boolean receives) {
        return sends ? (receives ? SENDRECV : SENDONLY) : (receives ? RECVONLY : INACTIVE);
    }

    /// The same flow said by the other side: who hears "sendonly" answers "recvonly".
    public Direction reversed() {
        return of(receives, sends);
    }

    public String attribute() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The last direction among attributes; `fallback` when there is none.
    static Direction among(List<String> attributes, Direction fallback) {
        var found = fallback;
        for (var direction : values()) {
            if (attributes.contains(direction.attribute())) {
                found = direction;
            }
        }
        return found;
    }
}
