package dev.ringmaster.media;

/// Numbers of RTP payload types (RFC 3551 §6): what a dynamic one may be.
final class PayloadTypes {
    private PayloadTypes() {}

    static void checkTelephoneEvent(int payloadType) {
        if (payloadType != -1 && (payloadType < 96 || payloadType > 127)) {
            throw new IllegalArgumentException("telephone-event payload type " + payloadType + ": 96 to 127, or -1");
        }
    }
}
