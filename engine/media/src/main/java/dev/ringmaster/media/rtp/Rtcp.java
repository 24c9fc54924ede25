package dev.ringmaster.media.rtp;

import java.nio.charset.StandardCharsets;

/// Writes and reads RTCP (RFC 3550 §6): sender and receiver reports, the name, the goodbye. One object a stream.
public final class Rtcp {
    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int DESCRIPTION = 202;
    private static final int BYE = 203;
    private static final int REPORT_BLOCK_BYTES = 24;

    private final int ssrc;
    private final byte[] name;

    private int lastSenderReport;
    private long lastSenderReportNanos;
    private boolean reported;
    private int remoteFractionLost;
    private long roundTripNanos = -1;

    /// @param name the canonical name (CNAME): the same for all streams of one party, meaningless to others
    public Rtcp(int ssrc, String name) {
        this.ssrc = ssrc;
        this.name = name.getBytes(StandardCharsets.US_ASCII);
        if (this.name.length > 60) {
            throw new IllegalArgumentException("the canonical name is too long");
        }
    }

    /// Writes a compound packet: a report and the name.
    ///
    /// @param sending whether RTP went out since the last report: then a sender report
    /// @return its length
    public int write(
            byte[] out, boolean sending, SendTrack track, long packets, long octets, ReceiveStats from, long nowNanos) {
        int blocks = from.hasStarted() ? 1 : 0;
        int at = sending ? 28 : 8;
        header(out, 0, blocks, sending ? SENDER_REPORT : RECEIVER_REPORT, at + blocks * REPORT_BLOCK_BYTES);
        RtpPacket.putInt32(out, 4, ssrc);
        if (sending) {
            long ntp = ntp(nowNanos);
            RtpPacket.putInt32(out, 8, (int) (ntp >> 32));
            RtpPacket.putInt32(out, 12, (int) ntp);
            RtpPacket.putInt32(out, 16, track.timestampAt(nowNanos));
            RtpPacket.putInt32(out, 20, (int) packets);
            RtpPacket.putInt32(out, 24, (int) octets);
        }
        if (blocks == 1) {
            long lost = Math.clamp(from.expected() - from.received(), -0x80_0000, 0x7F_FFFF);
            RtpPacket.putInt32(out, at, from.ssrc());
            RtpPacket.putInt32(out, at + 4, (from.fractionLost() << 24) | ((int) lost & 0xFF_FFFF));
            RtpPacket.putInt32(out, at + 8, from.extendedSequence());
            RtpPacket.putInt32(out, at + 12, from.jitterSamples());
            RtpPacket.putInt32(out, at + 16, lastSenderReport);
            long since = lastSenderReport == 0 ? 0 : nowNanos - lastSenderReportNanos;
            RtpPacket.putInt32(out, at + 20, (int) (since * 65_536 / 1_000_000_000));
            at += REPORT_BLOCK_BYTES;
        }
        return at + writeName(out, at);
    }

    /// Writes the goodbye of a stream that closes: an empty report, the name, BYE.
    public int writeBye(byte[] out) {
        header(out, 0, 0, RECEIVER_REPORT, 8);
        RtpPacket.putInt32(out, 4, ssrc);
        int at = 8 + writeName(out, 8);
        header(out, at, 1, BYE, 8);
        RtpPacket.putInt32(out, at + 4, ssrc);
        return at + 8;
    }

    /// Reads a compound packet of the peer.
    ///
    /// @return false when it is malformed; what stood before the fault counts
    public boolean read(byte[] in, int length, long nowNanos) {
        int at = 0;
        while (at + 8 <= length) {
            int bytes = 4 * (RtpPacket.int16(in, at + 2) + 1);
            if ((in[at] & 0xC0) != 0x80 || at + bytes > length) {
                return false;
            }
            int type = in[at + 1] & 0xFF;
            if (type == SENDER_REPORT && bytes >= 28) {
                lastSenderReport = (RtpPacket.int16(in, at + 10) << 16) | RtpPacket.int16(in, at + 12);
                lastSenderReportNanos = nowNanos;
                readBlocks(in, at + 28, in[at] & 0x1F, at + bytes, nowNanos);
            } else if (type == RECEIVER_REPORT) {
                readBlocks(in, at + 8, in[at] & 0x1F, at + bytes, nowNanos);
            }
            at += bytes;
        }
        return at == length;
    }

    /// Whether the peer has told how it receives us.
    public boolean reported() {
        return reported;
    }

    /// The share of our packets it missed lately, 0 to 1.
    public double remoteLost() {
        return remoteFractionLost / 256.0;
    }

    /// To the peer and back, or -1 when it is not known.
    public long roundTripNanos() {
        return roundTripNanos;
    }

    private void readBlocks(byte[] in, int first, int count, int end, long nowNanos) {
        for (int i = 0; i < count; i++) {
            int at = first + i * REPORT_BLOCK_BYTES;
            if (at + REPORT_BLOCK_BYTES > end) {
                return;
            }
            if (RtpPacket.int32(in, at) != ssrc) {
                continue;
            }
            reported = true;
            remoteFractionLost = in[at + 4] & 0xFF;
            int ours = RtpPacket.int32(in, at + 16);
            if (ours != 0) {
                // A - LSR - DLSR, all in 1/65536 s (RFC 3550 §6.4.1)
                int units = (int) (ntp(nowNanos) >> 16) - ours - RtpPacket.int32(in, at + 20);
                if (units >= 0 && units < 10 * 65_536) {
                    roundTripNanos = units * 1_000_000_000L / 65_536;
                }
            }
        }
    }

    private int writeName(byte[] out, int at) {
        // chunk: SSRC, CNAME item, then zeros to the next multiple of four, at least one
        int bytes = 4 + 4 + (2 + name.length + 4) / 4 * 4;
        header(out, at, 1, DESCRIPTION, bytes);
        RtpPacket.putInt32(out, at + 4, ssrc);
        out[at + 8] = 1;
        out[at + 9] = (byte) name.length;
        System.arraycopy(name, 0, out, at + 10, name.length);
        for (int i = at + 10 + name.length; i < at + bytes; i++) {
            out[i] = 0;
        }
        return bytes;
    }

    private static void header(byte[] out, int at, int count, int type, int bytes) {
        out[at] = (byte) (0x80 | count);
        out[at + 1] = (byte) type;
        int words = bytes / 4 - 1;
        out[at + 2] = (byte) (words >> 8);
        out[at + 3] = (byte) words;
    }

    /// Time in the form of NTP. Not the wall clock: RFC 3550 allows any common one, and ours never jumps.
    private static long ntp(long nanos) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        long fraction = (Math.floorMod(nanos, 1_000_000_000L) << 32) / 1_000_000_000L;
        return (seconds << 32) | fraction;
    }
}
