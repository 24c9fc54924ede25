package dev.ringmaster.media.rtp;

/// One RTP packet in a byte array, read in place (RFC 3550 §5.1). Used again for the next packet.
public final class RtpPacket {
    public static final int HEADER_BYTES = 12;

    private int payloadType;
    private boolean marker;
    private int sequence;
    private int timestamp;
    private int ssrc;
    private int payloadAt;
    private int payloadLength;

    /// RTP and RTCP on one port are told apart by the second byte (RFC 5761 §4).
    public static boolean isRtcp(byte[] bytes, int length) {
        int type = length < 2 ? 0 : bytes[1] & 0xFF;
        return type >= 192 && type <= 223;
    }

    /// @return false when this is not a well-formed packet of version 2; then nothing can be asked of it
    public boolean parse(byte[] bytes, int length) {
        if (length < HEADER_BYTES || (bytes[0] & 0xC0) != 0x80) {
            return false;
        }
        int at = HEADER_BYTES + 4 * (bytes[0] & 0x0F);
        if ((bytes[0] & 0x10) != 0) {
            if (at + 4 > length) {
                return false;
            }
            at += 4 + 4 * int16(bytes, at + 2);
        }
        int end = length;
        if ((bytes[0] & 0x20) != 0) {
            int padding = bytes[length - 1] & 0xFF;
            if (padding == 0) {
                return false;
            }
            end -= padding;
        }
        if (at > end) {
            return false;
        }
        marker = (bytes[1] & 0x80) != 0;
        payloadType = bytes[1] & 0x7F;
        sequence = int16(bytes, 2);
        timestamp = int32(bytes, 4);
        ssrc = int32(bytes, 8);
        payloadAt = at;
        payloadLength = end - at;
        return true;
    }

    /// Writes a header without extension before a payload at [#HEADER_BYTES].
    public static void writeHeader(
            byte[] bytes, int payloadType, boolean marker, int sequence, int timestamp, int ssrc) {
        bytes[0] = (byte) 0x80;
        bytes[1] = (byte) (payloadType | (marker ? 0x80 : 0));
        bytes[2] = (byte) (sequence >> 8);
        bytes[3] = (byte) sequence;
        putInt32(bytes, 4, timestamp);
        putInt32(bytes, 8, ssrc);
    }

    public int payloadType() {
        return payloadType;
    }

    public boolean marker() {
        return marker;
    }

    /// 0 to 65535.
    public int sequence() {
        return sequence;
    }

    public int timestamp() {
        return timestamp;
    }

    public int ssrc() {
        return ssrc;
    }

    public int payloadAt() {
        return payloadAt;
    }

    public int payloadLength() {
        return payloadLength;
    }

    static int int16(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 8) | (bytes[at + 1] & 0xFF);
    }

    static int int32(byte[] bytes, int at) {
        return (int16(bytes, at) << 16) | int16(bytes, at + 2);
    }

    static void putInt32(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }
}
