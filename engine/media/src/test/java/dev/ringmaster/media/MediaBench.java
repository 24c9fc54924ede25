package dev.ringmaster.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/// An engine on loopback with free ports, and what tests ask of it.
final class MediaBench implements AutoCloseable {
    static final int EVENTS = 101;

    final MediaEngine engine;
    private final List<AutoCloseable> open = new CopyOnWriteArrayList<>();

    MediaBench(Path recordings, UnaryOperator<MediaConfig> settings) {
        try {
            int first = freeRange();
            var config = MediaConfig.on(InetAddress.getLoopbackAddress(), first, first + 199, recordings);
            engine = MediaEngine.start(settings.apply(config));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    MediaBench(Path recordings) {
        this(recordings, config -> config);
    }

    /// A telephone and its leg, which send to each other.
    record Party(RtpPeer peer, RtpStream stream, Told told, Codec codec) {
        void say(double hz) {
            peer.say(hz, codec, stream.localPort());
        }

        void hears(Hears hears) {
            stream.apply(AudioPlan.hearing(hears));
        }

        String id() {
            return stream.id();
        }
    }

    Party party(String id, String key, Codec codec) {
        return party(new StreamSpec(id, key, Duration.ZERO), codec, EVENTS);
    }

    Party party(StreamSpec spec, Codec codec, int events) {
        var peer = new RtpPeer();
        open.add(peer);
        var told = new Told();
        var stream = engine.openRtp(spec, told).orElseThrow();
        stream.remote(Remote.at(peer.address(), codec, events));
        return new Party(peer, stream, told, codec);
    }

    @Override
    public void close() {
        engine.close();
        for (var each : open) {
            try {
                each.close();
            } catch (Exception fault) {
                throw new AssertionError(fault);
            }
        }
    }

    static void eventually(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("not within 10 s: " + what);
            }
            pause(5);
        }
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException fault) {
            throw new AssertionError(fault);
        }
    }

    /// The start of 200 ports of which the first is free now; the engine passes over those that are not.
    static int freeRange() throws IOException {
        while (true) {
            int first = 20_000 + 2 * ThreadLocalRandom.current().nextInt(20_000);
            try (var probe = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), first))) {
                return probe.getLocalPort();
            } catch (java.net.SocketException _) {
                // taken: another one
            }
        }
    }

    /// All that a stream told.
    static final class Told implements SecureListener {
        final List<String> digits = new CopyOnWriteArrayList<>();
        final List<String> prompts = new CopyOnWriteArrayList<>();
        final List<String> other = new CopyOnWriteArrayList<>();
        final List<Quality> quality = new CopyOnWriteArrayList<>();
        final List<RecordingPart> started = new CopyOnWriteArrayList<>();
        final List<RecordingPart> sealed = new CopyOnWriteArrayList<>();
        final List<SecureState> states = new CopyOnWriteArrayList<>();

        @Override
        public void onFirstPacket() {
            other.add("first");
        }

        @Override
        public void onDigit(char digit, Duration pressed) {
            digits.add(digit + ":" + pressed.toMillis());
        }

        @Override
        public void onPromptEnded(long generation, Duration played, boolean whole) {
            prompts.add(generation + ":" + played.toMillis() + ":" + whole);
        }

        @Override
        public void onMediaTimeout(Duration silence) {
            other.add("timeout");
        }

        @Override
        public void onMediaBack() {
            other.add("back");
        }

        @Override
        public void onQuality(Quality report) {
            quality.add(report);
        }

        @Override
        public void onRecordingStarted(RecordingPart part) {
            started.add(part);
        }

        @Override
        public void onRecordingSealed(RecordingPart part) {
            sealed.add(part);
        }

        @Override
        public void onRecordingFailed(String recordingId, String reason) {
            other.add("failed " + recordingId);
        }

        @Override
        public void onSecureState(SecureState state, String reason) {
            states.add(state);
            other.add(state + " " + reason);
        }
    }
}
