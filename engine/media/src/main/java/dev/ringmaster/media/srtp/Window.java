package dev.ringmaster.media.srtp;

import org.jitsi.utils.ByteArrayBuffer;

/// The packet in a longer array, as the SRTP library wants to see it.
final class Window implements ByteArrayBuffer {
    private byte[] bytes = new byte[0];
    private int offset;
    private int length;

    void set(byte[] packet, int packetLength) {
        bytes = packet;
        offset = 0;
        length = packetLength;
    }

    @Override
    public byte[] getBuffer() {
        return bytes;
    }

    @Override
    public int getOffset() {
        return offset;
    }

    @Override
    public int getLength() {
        return length;
    }

    @Override
    public void setLength(int newLength) {
        length = newLength;
    }

    @Override
    public void setOffset(int newOffset) {
        offset = newOffset;
    }

    @Override
    public boolean isInvalid() {
        return false;
    }

    @Override
    public void readRegionToBuff(int from, int count, byte[] out) {
        System.arraycopy(bytes, offset + from, out, 0, count);
    }

    @Override
    public void grow(int by) {
        if (offset + length + by > bytes.length) {
            throw new IllegalStateException("a packet too long to be protected");
        }
    }

    @Override
    public void append(byte[] data, int count) {
        grow(count);
        System.arraycopy(data, 0, bytes, offset + length, count);
        length += count;
    }

    @Override
    public void shrink(int by) {
        length = Math.max(0, length - by);
    }
}
