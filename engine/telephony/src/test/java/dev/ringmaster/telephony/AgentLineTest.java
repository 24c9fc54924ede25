package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.call.CallPlan.Hears;
import dev.ringmaster.call.CallPlan.Signal;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.media.codec.G711;
import dev.ringmaster.media.tone.Tones;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An agent's line to a real browser: headless Chromium says 1000 Hz and tells which tone it hears.
@Tag("peer")
@Spec("SYS-007")
class AgentLineTest {
    private static final String PAGE = """
            <script>
            const post = (path, body) => fetch(path, {method: 'POST', body}).then(r => r.text());
            (async () => {
              const mic = await navigator.mediaDevices.getUserMedia({audio:
                  {echoCancellation: false, noiseSuppression: false, autoGainControl: false}});
              const pc = new RTCPeerConnection();
              mic.getTracks().forEach(track => pc.addTrack(track, mic));
              let analyser;
              pc.ontrack = e => {
                const player = new Audio();
                player.srcObject = e.streams[0];
                player.play();
                const context = new AudioContext();
                analyser = context.createAnalyser();
                analyser.fftSize = 8192;
                analyser.smoothingTimeConstant = 0;
                context.createMediaStreamSource(e.streams[0]).connect(analyser);
              };
              await pc.setLocalDescription(await pc.createOffer());
              await pc.setRemoteDescription({type: 'answer', sdp: await post('/offer', pc.localDescription.sdp)});
              setInterval(() => {
                let peak = 0;
                if (analyser) {
                  const bins = new Float32Array(analyser.frequencyBinCount);
                  analyser.getFloatFrequencyData(bins);
                  const best = bins.indexOf(Math.max(...bins));
                  peak = bins[best] > -60 ? Math.round(best * analyser.context.sampleRate / analyser.fftSize) : 0;
                }
                post('/report', `${pc.connectionState} peak=${peak}`);
              }, 100);
            })().catch(e => post('/report', 'error ' + e));
            </script>""";

    @TempDir
    Path folder;

    private final EdgeUnderTest edge = new EdgeUnderTest();
    private final List<String> reports = new CopyOnWriteArrayList<>();
    private volatile String offer = "";
    private volatile LineRef line = new LineRef("", "");

    @AfterEach
    void close() {
        edge.close();
    }

    @Test
    @Spec({"AGT-025", "AGT-028"})
    void two_keys_open_her_ear() throws Exception {
        var web = HttpServer.create(new InetSocketAddress(EdgeUnderTest.loopback(), 0), 0);
        web.createContext("/", exchange -> answer(exchange, "text/html", PAGE));
        web.createContext("/offer", exchange -> answer(exchange, "application/sdp", open(body(exchange))));
        web.createContext("/report", exchange -> {
            reports.add(body(exchange));
            answer(exchange, "text/plain", "");
        });
        web.start();
        Process chromium = null;
        try (var caller = new Phone(edge, "1")) {
            chromium = chromium(web.getAddress().getPort());
            assertThat(Desk.taken(edge.desk.lines, Duration.ofSeconds(25)))
                    .as(() -> "it says " + reports)
                    .contains("up alice 3");
            assertThat(edge.edge.lineAlive(line)).isTrue();

            caller.call();
            var leg = edge.desk.arrival().legId();
            edge.plan("call-1", talking(leg, true), edge.leg(leg, new Signal.Answer(), new Hears.Line()));
            caller.connected();
            caller.says(440);
            patiently("one key opens nothing", () -> caller.hearsSilence() && heard(0));

            hers(1, Optional.of("call-1"));
            patiently("both hear each other", () -> caller.hears(1_000) && heard(440));

            edge.plan("call-1", talking(leg, false), edge.leg(leg, new Signal.Answer(), new Hears.Line()));
            patiently("she is muted, and hears", () -> caller.hearsSilence() && heard(440));

            edge.plan("call-1", held(), edge.leg(leg, new Signal.Answer(), new Hears.Music("music/default")));
            patiently("the caller is on hold", () -> heard(0) && !caller.hears(1_000) && !caller.hearsSilence());

            edge.plan("call-1", talking(leg, true), edge.leg(leg, new Signal.Answer(), new Hears.Line()));
            patiently("they talk again", () -> caller.hears(1_000) && heard(440));

            hers(2, Optional.of("call-2"));
            patiently("she has another call", () -> caller.hearsSilence() && heard(0));
            edge.plan("call-1", talking(leg, true), edge.leg(leg, new Signal.Answer(), new Hears.Line()));
            hers(1, Optional.of("call-1"));
            patiently("late plans of the older call reach nobody", () -> caller.hearsSilence() && heard(0));

            hers(3, Optional.of("call-1"));
            patiently(
                    "back, after a beep",
                    () -> reports.stream().anyMatch(r -> Math.abs(peak(r) - 1_000) < 20)
                            && caller.hears(1_000)
                            && heard(440));
            caller.hangUp();
            patiently("nobody is there", () -> heard(0));
            assertThat(edge.edge.held().lines()).hasSize(1);

            assertThat(open(4).line()).isNotEqualTo(line);
            assertThat(Desk.taken(edge.desk.lines, Duration.ofSeconds(2))).contains("lost alice 3 replaced");
            assertThat(edge.edge.held().lines())
                    .singleElement()
                    .satisfies(now -> assertThat(now.fence()).isEqualTo(4));
            var older = edge.edge.openLine("alice", 3, offer).toCompletableFuture();
            assertThat(older).failsWithin(Duration.ofSeconds(2)).withThrowableOfType(ExecutionException.class);
        } finally {
            if (chromium != null) {
                chromium.descendants().forEach(ProcessHandle::destroyForcibly);
                chromium.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
            web.stop(0);
        }
    }

    private Optional<CallPlan.LinePart> talking(String leg, boolean heard) {
        return Optional.of(new CallPlan.LinePart("alice", line, new Hears.Leg(leg), heard));
    }

    private Optional<CallPlan.LinePart> held() {
        return Optional.of(new CallPlan.LinePart("alice", line, new Hears.Silence(), false));
    }

    private void hers(long version, Optional<String> callId) {
        edge.edge.carryOut(new LinePlan("alice", line, version, 3, true, callId, version == 3));
    }

    private String open(String sdp) {
        offer = sdp;
        var answer = open(3);
        line = answer.line();
        return answer.sdp();
    }

    private Telephony.LineAnswer open(long fence) {
        return edge.edge.openLine("alice", fence, offer).toCompletableFuture().join();
    }

    /// Whether Chromium's last reports say that tone; 0 = silence.
    private boolean heard(int hz) {
        // a copy: a view of the list would fail once another report has come
        var all = List.copyOf(reports);
        return all.size() > 3
                && all.subList(all.size() - 3, all.size()).stream().allMatch(report -> {
                    var peak = peak(report);
                    return hz == 0 ? peak == 0 : Math.abs(peak - hz) < 20;
                });
    }

    private static int peak(String report) {
        return report.contains("peak=") ? Integer.parseInt(report.replaceAll(".*peak=", "")) : 0;
    }

    private void patiently(String what, BooleanSupplier condition) {
        try {
            Await.until(condition);
        } catch (AssertionError late) {
            throw new AssertionError(
                    what + "; it says "
                            + reports.stream()
                                    .skip(Math.max(0, reports.size() - 8))
                                    .toList(),
                    late);
        }
    }

    private Process chromium(int webPort) throws IOException {
        var tone = Tones.steady(1_000, 2_000, 0.3);
        var wav = ByteBuffer.allocate(44 + tone.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + tone.length * 2);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII))
                .putInt(16)
                .putShort((short) 1)
                .putShort((short) 1);
        wav.putInt(G711.RATE_HZ).putInt(G711.RATE_HZ * 2).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(tone.length * 2);
        for (var sample : tone) {
            wav.putShort(sample);
        }
        var voice = Files.write(folder.resolve("voice.wav"), wav.array());
        return new ProcessBuilder(
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
                        "http://127.0.0.1:" + webPort + "/")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("chromium.log").toFile())
                .start();
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
