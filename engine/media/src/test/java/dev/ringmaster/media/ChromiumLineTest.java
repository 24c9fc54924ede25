package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real browser on a line: headless Chromium speaks a tone from a file and tells what it hears.
@Tag("peer")
class ChromiumLineTest {
    private static final String PAGE = """
            <script>
            const post = (path, body) => fetch(path, {method: 'POST', body}).then(r => r.text());
            (async () => {
              const mic = await navigator.mediaDevices.getUserMedia({audio:
                  {echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
              const pc = new RTCPeerConnection();
              const sender = pc.addTransceiver(mic.getAudioTracks()[0], {direction: 'sendrecv', streams: [mic]});
              sender.setCodecPreferences(RTCRtpSender.getCapabilities('audio').codecs
                  .filter(c => /pcmu|telephone-event/i.test(c.mimeType)));
              let analyser;
              pc.ontrack = e => {
                const player = new Audio();
                player.srcObject = e.streams[0];
                player.play();
                const context = new AudioContext();
                analyser = context.createAnalyser();
                analyser.fftSize = 8192;
                context.createMediaStreamSource(e.streams[0]).connect(analyser);
              };
              await pc.setLocalDescription(await pc.createOffer());
              await pc.setRemoteDescription({type: 'answer', sdp: await post('/offer', pc.localDescription.sdp)});
              setInterval(async () => {
                let peak = 0;
                if (analyser) {
                  const bins = new Float32Array(analyser.frequencyBinCount);
                  analyser.getFloatFrequencyData(bins);
                  const best = bins.indexOf(Math.max(...bins));
                  peak = bins[best] > -60 ? Math.round(best * analyser.context.sampleRate / analyser.fftSize) : 0;
                }
                let received = 0, lost = 0;
                (await pc.getStats()).forEach(s => {
                  if (s.type === 'inbound-rtp') { received = s.packetsReceived; lost = s.packetsLost; }
                });
                post('/report', `${pc.connectionState} peak=${peak} received=${received} lost=${lost}`);
              }, 200);
            })().catch(e => post('/report', 'error ' + e));
            </script>""";

    @TempDir
    Path folder;

    private final List<String> reports = new CopyOnWriteArrayList<>();

    @Test
    @Spec({"AGT-034", "SYS-007"})
    void chromium_and_a_caller_hear_each_other_within_moments() throws Exception {
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Process chromium = null;
        try (var bench = new MediaBench(folder.resolve("recordings"))) {
            var told = new MediaBench.Told();
            var line = bench.engine.openSecure(new StreamSpec("line", "line", Duration.ZERO), told);
            var caller = bench.party("caller", "call", Codec.PCMA);
            line.apply(AudioPlan.hearing(new Hears.Bridge("caller")));
            caller.hears(new Hears.Bridge("line"));
            caller.say(440);
            web.createContext("/", exchange -> answer(exchange, "text/html", PAGE));
            web.createContext(
                    "/offer", exchange -> answer(exchange, "application/sdp", sdp(bench, line, body(exchange))));
            web.createContext("/report", exchange -> {
                reports.add(body(exchange));
                answer(exchange, "text/plain", "");
            });
            web.start();
            var voice = folder.resolve("voice.wav");
            Files.write(voice, PromptTest.wav(48_000, 1, PromptTest.steadyAt(48_000, 1_000, 2_000)));
            chromium = new ProcessBuilder(
                            "chromium",
                            "--headless=new",
                            "--no-sandbox",
                            "--disable-gpu",
                            "--no-first-run",
                            "--user-data-dir=" + folder.resolve("profile"),
                            "--use-fake-ui-for-media-stream",
                            "--use-fake-device-for-media-stream",
                            "--use-file-for-fake-audio-capture=" + voice,
                            "--autoplay-policy=no-user-gesture-required",
                            "--allow-loopback-in-peer-connection",
                            "http://127.0.0.1:" + web.getAddress().getPort() + "/")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("chromium.log").toFile())
                    .start();
            patiently("Chromium connects", () -> line.state() == SecureState.CONNECTED);
            patiently("the caller hears Chromium", () -> caller.peer().hears(1_000));
            patiently("Chromium hears the caller", () -> reports.getLast().matches("connected peak=4[34]\\d .*"));
            assertThat(told.states).containsExactly(SecureState.CONNECTING, SecureState.CONNECTED);
        } finally {
            if (chromium != null) {
                // children first: without their parent nobody knows them
                chromium.descendants().forEach(ProcessHandle::destroyForcibly);
                chromium.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            web.stop(0);
        }
    }

    private void patiently(String what, BooleanSupplier condition) {
        for (int tries = 1; ; tries++) {
            try {
                eventually(what + ", it says " + reports, () -> !reports.isEmpty() && condition.getAsBoolean());
                return;
            } catch (AssertionError late) {
                if (tries == 3) {
                    throw late;
                }
            }
        }
    }

    private static String sdp(MediaBench bench, SecureStream line, String offer) {
        var ice = line.remote(new SecureRemote(
                find(offer, "a=ice-ufrag:(\\S+)"),
                find(offer, "a=fingerprint:(sha-256 \\S+)"),
                Codec.PCMU,
                Integer.parseInt(find(offer, "a=rtpmap:(\\d+) telephone-event/8000"))));
        var address = bench.engine.webRtcAddress();
        var ip = address.getAddress().getHostAddress();
        var event = find(offer, "a=rtpmap:(\\d+) telephone-event/8000");
        return String.join(
                "\r\n",
                "v=0",
                "o=- 1 1 IN IP4 " + ip,
                "s=-",
                "t=0 0",
                "a=ice-lite",
                "a=group:BUNDLE " + find(offer, "a=mid:(\\S+)"),
                "m=audio " + address.getPort() + " UDP/TLS/RTP/SAVPF 0 " + event,
                "c=IN IP4 " + ip,
                "a=mid:" + find(offer, "a=mid:(\\S+)"),
                "a=sendrecv",
                "a=rtcp-mux",
                "a=setup:passive",
                "a=ice-ufrag:" + ice.ufrag(),
                "a=ice-pwd:" + ice.password(),
                "a=fingerprint:" + bench.engine.certificateFingerprint(),
                "a=rtpmap:0 PCMU/8000",
                "a=rtpmap:" + event + " telephone-event/8000",
                "a=msid:line line",
                "a=ssrc:" + line.ssrc() + " cname:line",
                "a=candidate:1 1 udp 2130706431 " + ip + " " + address.getPort() + " typ host",
                "a=end-of-candidates",
                "");
    }

    private static String find(String text, String pattern) {
        var matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).describedAs("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange, String type, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }
}
