package dev.ringmaster.media.load;

import dev.ringmaster.media.dtls.DtlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The program: a line in, a line out, for whoever does the signalling.
///
/// | in | out |
/// | --- | --- |
/// | `plain ID` | `ID PORT` |
/// | `browser ID` | `ID PORT UFRAG FINGERPRINT` |
/// | `connect ID PORT` | `ID ok` |
/// | `secure ID PORT UFRAG PASSWORD FINGERPRINT` | `ID ok` or `ID failed …`, after the handshake |
/// | `say ID`, `quiet ID` | `ID ok` |
/// | `reset` | `reset ok` |
/// | `report` | `report …` |
public final class SoundFarm {
    /// Handshakes at once.
    private static final int HANDSHAKES = 4;

    private final Voices voices = new Voices();
    private final Map<String, Voice> byId = new ConcurrentHashMap<>();
    private final DtlsIdentity identity = DtlsIdentity.create();
    private final ExecutorService handshakes = Executors.newFixedThreadPool(HANDSHAKES);
    private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private int ssrc = 1_000;

    private SoundFarm() throws IOException {}

    public static void main(String[] args) throws IOException {
        var farm = new SoundFarm();
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                farm.told(line.split(" ", -1));
            }
        }
        System.exit(0);
    }

    private void told(String[] words) throws IOException {
        switch (words[0]) {
            case "plain" -> {
                var voice = added(words[1], new Voice(voices.figures, ++ssrc));
                say(words[1] + " " + voice.port());
            }
            case "browser" -> {
                var voice = new BrowserVoice(voices.figures, ++ssrc, identity);
                say(words[1] + " " + added(words[1], voice).port() + " " + voice.ufrag + " "
                        + identity.fingerprint().split(" ", 2)[1]);
            }
            case "connect" -> {
                voice(words[1]).connect(Integer.parseInt(words[2]));
                say(words[1] + " ok");
            }
            case "secure" -> handshakes.execute(() -> secure(words));
            case "say", "quiet" -> {
                voice(words[1]).speak(words[0].equals("say"));
                say(words[1] + " ok");
            }
            case "reset" -> say("reset " + (voices.reset().join() ? "ok" : "failed"));
            case "report" -> say("report " + voices.report().join());
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private Voice voice(String id) {
        var voice = byId.get(id);
        if (voice == null) {
            throw new IllegalArgumentException("no voice " + id);
        }
        return voice;
    }

    private Voice added(String id, Voice voice) {
        byId.put(id, voice);
        return voices.add(voice).join();
    }

    private void secure(String[] words) {
        try {
            var voice = (BrowserVoice) voice(words[1]);
            voice.connect(Integer.parseInt(words[2]));
            voice.shakeHands(words[3], words[4], "sha-256 " + words[5]);
            say(words[1] + " ok");
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            say(words[1] + " failed " + e);
        }
    }

    private synchronized void say(String line) {
        out.println(line);
    }
}
