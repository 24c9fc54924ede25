package dev.ringmaster.media.stream;

import dev.ringmaster.media.AudioPlan;
import dev.ringmaster.media.Codec;
import dev.ringmaster.media.Hears;
import dev.ringmaster.media.MediaStream;
import dev.ringmaster.media.StreamListener;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.dtmf.KeyReceiver;
import dev.ringmaster.media.dtmf.KeySender;
import dev.ringmaster.media.rtp.RtpPacket;
import dev.ringmaster.media.rtp.SendTrack;
import dev.ringmaster.media.shard.FrameRing;
import dev.ringmaster.media.shard.Shard;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Objects;

/// One party on its shard: packets in, plans, and one unbroken stream out. All fields belong to the shard's thread,
/// but for those that are final or volatile.
///
/// A voice goes to the streams that wish to hear it: at once when they are on the same shard, through the other
/// shard's ring when they are not.
public abstract class LiveStream implements Shard.Member, Shard.ForwardTaker {
    /// The kind of a frame that is a key; other kinds are payload types of [Codec].
    private static final int KEY = -1;

    private static final SecureRandom RANDOM = new SecureRandom();
    /// A bridged voice that is still for this long is filled with silence, so that the peer hears a line that
    /// lives.
    private static final long FILL_AFTER_NANOS = 200_000_000;

    private static final int TICKS_A_SECOND = 50;

    private final Hub hub;
    protected final Shard shard;
    private final StreamSpec spec;
    private final StreamListener listener;
    private final SendTrack track;
    private final Reception reception;
    private final Player player;
    private final KeyReceiver keys = new KeyReceiver();
    private final KeySender keySender = new KeySender();
    private final KeyReceiver.Listener onKey = this::keyPressed;
    private final RecordingDesk recording;
    private final RtpPacket packet = new RtpPacket();
    private final Bridge bridge;

    private AudioPlan plan = AudioPlan.hearing(new Hears.Nothing());
    private Codec codec = Codec.PCMU;
    private int telephoneEvent = -1;
    private boolean everReady;
    private boolean generating;
    private int generatedSequence;
    private int generatedTimestamp;
    private int beat;
    private volatile boolean closed;

    protected LiveStream(StreamSpec spec, StreamListener listener, Hub hub, Shard shard) {
        this.spec = spec;
        this.listener = listener;
        this.hub = hub;
        this.shard = shard;
        track = new SendTrack(RANDOM.nextInt(), RANDOM.nextInt(65_536), RANDOM.nextInt());
        reception = new Reception(track, hub, spec, listener);
        player = new Player(hub.sounds, this::promptEnded);
        recording = new RecordingDesk(hub, listener);
        bridge = new Bridge(this, hub, shard);
        beat = RANDOM.nextInt(TICKS_A_SECOND);
    }

    /// Whether there is a peer that wants packets.
    protected abstract boolean canSend();

    /// Sends the RTP packet in the first bytes of [Shard#out].
    protected abstract boolean transmit(int length);

    /// Sends the RTCP packet there.
    protected abstract boolean transmitControl(int length);

    /// Whether packets of the peer are due.
    protected abstract boolean expectsMedia();

    /// What the kind of stream does each second.
    protected abstract void everySecond(long nowNanos);

    /// Closes sockets and keys.
    protected abstract void closeTransport();

    /// The stream as others know it.
    public abstract MediaStream handle();

    public final String id() {
        return spec.id();
    }

    public final long ssrc() {
        return Integer.toUnsignedLong(track.ssrc());
    }

    public final void apply(AudioPlan wished) {
        Objects.requireNonNull(wished);
        shard.submit(() -> converge(wished));
    }

    public final void sendDigits(String digits) {
        Objects.requireNonNull(digits);
        shard.submit(() -> keySender.send(digits));
    }

    public final void close() {
        hub.leave(this);
        shard.submit(this::closeNow);
    }

    public final boolean isClosed() {
        return closed;
    }

    /// What to send, by the peer's SDP.
    protected final void send(Codec law, int telephoneEventType) {
        codec = law;
        telephoneEvent = telephoneEventType;
    }

    /// A packet that belongs to this stream, in [Shard#in], authentic as far as the transport can say.
    protected final void receive(RtpPacket rtp, long nowNanos) {
        if (closed || !reception.take(rtp, nowNanos, keys)) {
            return;
        }
        int type = rtp.payloadType();
        if (type == telephoneEvent && telephoneEvent >= 0) {
            if (!keys.take(shard.in, rtp.payloadAt(), rtp.payloadLength(), rtp.timestamp(), nowNanos, onKey)) {
                reception.refuse();
            } else if (!plan.muted()) {
                bridge.pass(KEY, keySamples(rtp), rtp, 4, nowNanos);
            }
        } else if (type == Codec.PCMU.payloadType() || type == Codec.PCMA.payloadType()) {
            var law = G711.law(type);
            int length = rtp.payloadLength();
            if (length > FrameRing.MAX_BYTES) {
                reception.refuse();
            } else if (!plan.muted() && length > 0) {
                recording.said(this, law, rtp.timestamp(), shard.in, rtp.payloadAt(), length, nowNanos);
                bridge.pass(type, length, rtp, length, nowNanos);
            }
        }
    }

    protected final void receiveControl(int length, long nowNanos) {
        reception.control(shard.in, length, nowNanos);
    }

    /// A packet that was not this stream's, or not good.
    protected final void refuse() {
        reception.refuse();
    }

    final Bridge bridge() {
        return bridge;
    }

    /// Tells a listener something, on the event thread.
    protected final void tell(Runnable event) {
        hub.events.tell(event);
    }

    protected final RtpPacket packet() {
        return packet;
    }

    @Override
    public final void tick(long nowNanos) {
        if (closed) {
            return;
        }
        everReady |= canSend();
        bridge.find(player.bridgedTo());
        keys.tick(nowNanos, onKey);
        if (everReady) {
            play(nowNanos);
        }
        if (++beat % TICKS_A_SECOND == 0) {
            reception.everySecond(nowNanos, expectsMedia());
            int report = canSend() ? reception.report(shard.out, nowNanos) : 0;
            if (report > 0) {
                transmitControl(report);
            }
            everySecond(nowNanos);
        }
    }

    @Override
    public final void forwarded(FrameRing.Slot slot) {
        if (slot.source instanceof LiveStream from) {
            hear(
                    from,
                    slot.kind,
                    slot.samples,
                    slot.marker,
                    slot.sequence,
                    slot.timestamp,
                    slot.bytes,
                    0,
                    slot.length,
                    slot.when);
        }
    }

    private void converge(AudioPlan wished) {
        if (closed || wished.equals(plan)) {
            return;
        }
        plan = wished;
        player.wish(wished.hears());
        bridge.find(player.bridgedTo());
        recording.converge(wished.records(), System.nanoTime());
    }

    /// Sends on what another party said.
    void hear(
            LiveStream from,
            int kind,
            int samples,
            boolean marker,
            int sequence,
            int timestamp,
            byte[] bytes,
            int at,
            int length,
            long nowNanos) {
        if (closed || !bridge.isFrom(from) || !player.isBridging() || keySender.isBusy()) {
            return;
        }
        if (kind != KEY) {
            recording.heard(from, G711.law(kind), timestamp, bytes, at, length, nowNanos);
        }
        if (!canSend()) {
            return;
        }
        if (kind == KEY && telephoneEvent < 0) {
            track.leaveOut(from);
            return;
        }
        generating = false;
        if (!track.next(from, marker, sequence, timestamp, samples, nowNanos)) {
            return;
        }
        int type = telephoneEvent;
        if (kind == KEY) {
            System.arraycopy(bytes, at, shard.out, RtpPacket.HEADER_BYTES, length);
        } else {
            type = codec.payloadType();
            G711.transcode(G711.law(kind), bytes, at, codec, shard.out, RtpPacket.HEADER_BYTES, length);
        }
        put(type, length);
    }

    private void play(long nowNanos) {
        if (keySender.isBusy()) {
            sendKey(nowNanos);
            return;
        }
        var frame = player.next(codec, shard.out, RtpPacket.HEADER_BYTES);
        if (frame == Player.Frame.BRIDGE) {
            if (track.hasStarted() && nowNanos - track.lastSentNanos() < FILL_AFTER_NANOS && !generating) {
                return;
            }
            frame = Player.silence(codec, shard.out, RtpPacket.HEADER_BYTES);
        }
        if (frame == Player.Frame.NONE) {
            // whoever speaks after the pause begins anew: a marker, the next number, the time that has passed
            generating = false;
            track.breakOff();
        } else {
            generate(frame == Player.Frame.SOUND, nowNanos);
        }
    }

    /// Sends the 20 ms that stand in [Shard#out].
    private void generate(boolean sound, long nowNanos) {
        if (!generating) {
            generating = true;
            track.breakOff();
        }
        generatedSequence = (generatedSequence + 1) & 0xFFFF;
        generatedTimestamp += Player.FRAME_SAMPLES;
        if (sound) {
            recording.generated(
                    player,
                    codec,
                    generatedTimestamp,
                    shard.out,
                    RtpPacket.HEADER_BYTES,
                    Player.FRAME_SAMPLES,
                    nowNanos);
        }
        if (canSend()
                && track.next(player, false, generatedSequence, generatedTimestamp, Player.FRAME_SAMPLES, nowNanos)) {
            put(codec.payloadType(), Player.FRAME_SAMPLES);
        }
    }

    /// Sends 20 ms of a key: as telephone-event where the peer has agreed to it, else as the tone itself.
    private void sendKey(long nowNanos) {
        boolean packetDue = keySender.step();
        if (telephoneEvent < 0) {
            int step = packetDue ? keySender.toneStep() : -1;
            if (step < 0) {
                Player.silence(codec, shard.out, RtpPacket.HEADER_BYTES);
            } else {
                hub.sounds
                        .key(keySender.key())
                        .copy(
                                codec,
                                step * Player.FRAME_SAMPLES,
                                shard.out,
                                RtpPacket.HEADER_BYTES,
                                Player.FRAME_SAMPLES);
            }
            generate(false, nowNanos);
            return;
        }
        generating = false;
        if (packetDue
                && canSend()
                && track.next(
                        keySender,
                        keySender.isFirst(),
                        keySender.sequence(),
                        keySender.timestamp(),
                        keySender.samples(),
                        nowNanos)) {
            keySender.write(shard.out, RtpPacket.HEADER_BYTES);
            put(telephoneEvent, 4);
        }
    }

    private void put(int payloadType, int length) {
        RtpPacket.writeHeader(
                shard.out, payloadType, track.marker(), track.sequence(), track.timestamp(), track.ssrc());
        if (transmit(RtpPacket.HEADER_BYTES + length)) {
            reception.sent(length);
        }
    }

    private void keyPressed(char key, int samples) {
        var pressed = Duration.ofNanos(samples * 125_000L);
        hub.events.tell(() -> listener.onDigit(key, pressed));
    }

    private void promptEnded(long generation, long samples, boolean whole) {
        var played = Duration.ofNanos(samples * 125_000);
        hub.events.tell(() -> listener.onPromptEnded(generation, played, whole));
    }

    private void closeNow() {
        if (closed) {
            return;
        }
        if (canSend()) {
            transmitControl(reception.goodbye(shard.out));
        }
        reception.tellQuality();
        hub.events.tell(listener::onClosed);
        closed = true;
        shard.leave(this);
        bridge.close();
        player.wish(new Hears.Nothing());
        recording.close(System.nanoTime());
        closeTransport();
    }

    private int keySamples(RtpPacket rtp) {
        int at = rtp.payloadAt();
        return ((shard.in[at + 2] & 0xFF) << 8) | (shard.in[at + 3] & 0xFF);
    }
}
