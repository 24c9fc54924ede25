package dev.ringmaster.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;

/// The process that makes and hears the sound (`SoundFarm` among the tests of media), from the side of the signalling.
final class Farm implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("(?m)^m=audio (\\d+)");

    private final Process process;
    private final PrintStream in;
    private final Map<String, Queue<CompletableFuture<String>>> asked = new ConcurrentHashMap<>();

    /// @param command starts the farm
    Farm(List<String> command) throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        Thread.ofPlatform().name("farm").daemon().start(this::listen);
    }

    private void listen() {
        try (var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                var parts = line.split(" ", 2);
                var waiting = asked.get(parts[0]);
                var next = waiting == null ? null : waiting.poll();
                if (next != null) {
                    next.complete(parts[1]);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param id the first word of the answer
    CompletableFuture<String> ask(String id, String line) {
        var answer = new CompletableFuture<String>();
        synchronized (this) {
            asked.computeIfAbsent(id, _ -> new ConcurrentLinkedQueue<>()).add(answer);
            in.println(line);
        }
        return answer;
    }

    /// A party on plain RTP. It speaks all the time: by its sound the node knows that it is there.
    Party plain(String id) {
        var port = ask(id, "plain " + id).join();
        return new Party(id, true, """
                v=0\r
                o=- 1 1 IN IP4 127.0.0.1\r
                s=-\r
                c=IN IP4 127.0.0.1\r
                t=0 0\r
                m=audio %s RTP/AVP 0\r
                a=rtpmap:0 PCMU/8000\r
                a=ptime:20\r
                a=sendrecv\r
                """.formatted(port));
    }

    /// A party on ICE, DTLS and SRTP, which speaks as it is told to: it is there by its checks.
    Party browser(String id) {
        var said = ask(id, "browser " + id).join().split(" ", 3);
        return new Party(id, false, """
                v=0\r
                o=- 1 1 IN IP4 127.0.0.1\r
                s=-\r
                t=0 0\r
                a=group:BUNDLE 0\r
                m=audio %s UDP/TLS/RTP/SAVPF 0\r
                c=IN IP4 127.0.0.1\r
                a=mid:0\r
                a=rtcp-mux\r
                a=ice-ufrag:%s\r
                a=ice-pwd:loadloadloadloadloadload\r
                a=fingerprint:sha-256 %s\r
                a=setup:actpass\r
                a=rtpmap:0 PCMU/8000\r
                a=sendrecv\r
                """.formatted(said[0], said[1], said[2]));
    }

    /// One end of the sound, and its description.
    final class Party implements LoadAgent.Sound {
        final String id;
        private final boolean always;
        private final String offer;
        private boolean speaking;

        private Party(String id, boolean always, String offer) {
            this.id = id;
            this.always = always;
            this.offer = offer;
        }

        @Override
        public String offer() {
            return offer;
        }

        /// Speaks from now on, if at all, to where the answer says.
        @Override
        public void answered(String sdp) {
            var port = PORT.matcher(sdp);
            if (!port.find()) {
                throw new IllegalStateException("no audio in " + sdp);
            }
            var there = sdp.contains("a=ice-ufrag:")
                    ? "secure %s %s %s %s %s"
                            .formatted(
                                    id,
                                    port.group(1),
                                    line(sdp, "a=ice-ufrag:"),
                                    line(sdp, "a=ice-pwd:"),
                                    line(sdp, "a=fingerprint:sha-256 "))
                    : "connect " + id + " " + port.group(1);
            var _ = ask(id, there).thenAccept(said -> {
                if (!said.equals("ok")) {
                    throw new IllegalStateException(id + " " + said);
                }
                if (always) {
                    var _ = ask(id, "say " + id);
                }
            });
        }

        @Override
        public synchronized void speak(boolean on) {
            if (!always && on != speaking) {
                speaking = on;
                var _ = ask(id, (on ? "say " : "quiet ") + id);
            }
        }

        private static String line(String sdp, String prefix) {
            return sdp.lines()
                    .filter(line -> line.startsWith(prefix))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + prefix + " in " + sdp))
                    .substring(prefix.length());
        }
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
    }
}
