package dev.ringmaster.media;

import static dev.ringmaster.media.MediaBench.eventually;
import static dev.ringmaster.media.MediaBench.pause;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.media.dtls.DtlsIdentity;
import dev.ringmaster.spec.Spec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A browser's line: only the browser of the SDP comes in, and it hears and is heard.
@Spec({"AGT-034"})
class BrowserLineTest {
    private static final StreamSpec LINE = new StreamSpec("line-17", "line-17", Duration.ZERO);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    @Spec({"SYS-007", "AGT-034"})
    void a_caller_and_a_browser_hear_each_other(int shards) throws Exception {
        try (var bench = new MediaBench(folder, config -> config.withShards(shards));
                var browser = new Browser(bench.engine.webRtcAddress(), "theirs")) {
            var told = new MediaBench.Told();
            var line = bench.engine.openSecure(LINE, told);
            var ice = line.remote(browser.offer(Codec.PCMU));
            assertThat(ice).isEqualTo(line.ice()).isEqualTo(line.remote(browser.offer(Codec.PCMU)));
            browser.connect(ice, bench.engine.certificateFingerprint());
            var connected = List.of(SecureState.CONNECTING, SecureState.CONNECTED);
            eventually("told that it is connected", () -> told.states.equals(connected));
            assertThat(line.state()).isEqualTo(SecureState.CONNECTED);

            var caller = bench.party("caller", "call-of-another-shard", Codec.PCMA);
            line.apply(AudioPlan.hearing(new Hears.Bridge("caller")));
            caller.hears(new Hears.Bridge("line-17"));
            caller.say(440);
            browser.say(1_000, Codec.PCMU);
            eventually("the browser hears the caller", () -> browser.hears(440));
            eventually("the caller hears the browser", () -> caller.peer().hears(1_000));
            assertThat(browser.heard).allSatisfy(p -> assertThat(p.ssrc()).isEqualTo((int) line.ssrc()));
            // extensions of the browser are not passed on
            assertThat(caller.peer().heard.getLast().payload()).hasSize(160);

            browser.sayOnce(new byte[] {9, (byte) 0x8A, 3, 32}, 126);
            eventually("a key of the browser", () -> told.digits.equals(List.of("9:100")));

            browser.goodbye();
            eventually("the goodbye is noticed", () -> line.state() == SecureState.FAILED);
            assertThat(bench.engine.health().faults()).isZero();
        }
    }

    @Test
    @Spec("AGT-034")
    void an_idle_line_is_sent_nothing_needs_nothing_and_speaks_at_once_when_a_call_comes() throws Exception {
        try (var bench = new MediaBench(folder, config -> config.withQualityEvery(Duration.ofMillis(100)));
                var browser = new Browser(bench.engine.webRtcAddress(), "theirs")) {
            var told = new MediaBench.Told();
            var line = bench.engine.openSecure(LINE, told);
            line.apply(AudioPlan.hearing(new Hears.Nothing()).muted(true));
            var ice = line.remote(browser.offer(Codec.PCMU));
            browser.connect(ice, bench.engine.certificateFingerprint());
            eventually("connected", () -> line.state() == SecureState.CONNECTED);
            var first = bench.party("first", "call-1", Codec.PCMU);
            talk(line, first);
            browser.say(1_000, Codec.PCMU);
            eventually("the browser hears the first caller", () -> browser.hears(440));
            eventually("the first caller hears the browser", () -> first.peer().hears(1_000));

            browser.hush();
            line.apply(AudioPlan.hearing(new Hears.Nothing()).muted(true));
            first.stream().close();
            // reports go on, so this is a line that lives, and not one that is forgotten
            int reports = browser.controls.get();
            eventually("packets on their way are over", () -> stands(browser));
            int heard = browser.heard.size();
            eventually("a report", () -> browser.controls.get() > reports);
            assertThat(browser.heard).hasSize(heard);
            assertThat(line.state()).isEqualTo(SecureState.CONNECTED);
            assertThat(told.other).doesNotContain("timeout");

            var second = bench.party("second", "call-2", Codec.PCMU);
            talk(line, second);
            browser.say(1_000, Codec.PCMU);
            eventually("the browser hears the second caller", () -> browser.hears(440));
            eventually(
                    "the second caller hears the browser", () -> second.peer().hears(1_000));
            var last = browser.heard.get(heard - 1);
            var next = browser.heard.get(heard);
            assertThat(next.marker()).isTrue();
            assertThat(next.ssrc()).isEqualTo(last.ssrc());
            assertThat(next.sequence()).isEqualTo((last.sequence() + 1) & 0xFFFF);
            long pauseSamples = (next.atNanos() - last.atNanos()) / 125_000;
            // the machine may be busy between a packet's going out and its coming in
            assertThat((long) next.timestamp() - last.timestamp())
                    .isBetween(pauseSamples - 2_400, pauseSamples + 2_400);
            assertThat(told.quality).allSatisfy(q -> assertThat(q.lost()).isZero());
            assertThat(told.states).containsExactly(SecureState.CONNECTING, SecureState.CONNECTED);
        }
    }

    private static void talk(SecureStream line, MediaBench.Party caller) {
        line.apply(AudioPlan.hearing(new Hears.Bridge(caller.id())));
        caller.hears(new Hears.Bridge("line-17"));
        caller.say(440);
    }

    private static boolean stands(Browser browser) {
        int before = browser.heard.size();
        pause(100);
        return browser.heard.size() == before;
    }

    @Test
    void a_browser_with_another_certificate_stays_outside() throws Exception {
        try (var bench = new MediaBench(folder);
                var browser = new Browser(bench.engine.webRtcAddress(), "theirs")) {
            var told = new MediaBench.Told();
            var line = bench.engine.openSecure(LINE, told);
            var other = DtlsIdentity.create().fingerprint();
            var ice = line.remote(new SecureRemote("theirs", other, Codec.PCMU, 126));
            assertThatThrownBy(() -> browser.connect(ice, bench.engine.certificateFingerprint()))
                    .isInstanceOf(java.io.IOException.class);
            eventually("refused", () -> told.other.contains("FAILED fingerprint"));
        }
    }

    @Test
    void checks_without_the_password_are_not_answered() {
        try (var bench = new MediaBench(folder);
                var browser = new Browser(bench.engine.webRtcAddress(), "theirs")) {
            var line = bench.engine.openSecure(LINE, new MediaBench.Told());
            var ice = line.remote(browser.offer(Codec.PCMU));
            browser.check(ice, "not-the-password", true);
            browser.check(new IceCredentials("nobody", "x"), "x", true);
            pause(100);
            assertThat(browser.checksAnswered).isEmpty();
            assertThat(line.state()).isEqualTo(SecureState.WAITING);
            browser.check(ice, ice.password(), false);
            eventually("answered", () -> browser.checksAnswered.size() == 1);
        }
    }

    @Test
    void a_reloaded_page_takes_the_line_with_new_credentials_and_the_plan_goes_on() throws Exception {
        try (var bench = new MediaBench(folder);
                var before = new Browser(bench.engine.webRtcAddress(), "before");
                var after = new Browser(bench.engine.webRtcAddress(), "after")) {
            var told = new MediaBench.Told();
            var line = bench.engine.openSecure(LINE, told);
            bench.engine.sounds().put("hold", dev.ringmaster.media.tone.Tones.steady(520, 1_000, 0.3));
            line.apply(AudioPlan.hearing(new Hears.Music("hold")));
            var first = line.remote(before.offer(Codec.PCMU));
            before.connect(first, bench.engine.certificateFingerprint());
            eventually("the first page hears music", () -> before.hears(520));

            var second = line.remote(after.offer(Codec.PCMA));
            assertThat(second).isNotEqualTo(first);
            after.connect(second, bench.engine.certificateFingerprint());
            eventually("the second page hears it", () -> after.hears(520));
            int heardBefore = before.heard.size();
            pause(100);
            assertThat(before.heard).hasSize(heardBefore);
            assertThat(told.states)
                    .containsExactly(
                            SecureState.CONNECTING,
                            SecureState.CONNECTED,
                            SecureState.WAITING,
                            SecureState.CONNECTING,
                            SecureState.CONNECTED);
        }
    }

    @Test
    void several_browsers_share_the_one_port() throws Exception {
        try (var bench = new MediaBench(folder);
                var ann = new Browser(bench.engine.webRtcAddress(), "ann");
                var bob = new Browser(bench.engine.webRtcAddress(), "bob")) {
            var annsLine = bench.engine.openSecure(new StreamSpec("ann", "ann", Duration.ZERO), new MediaBench.Told());
            var bobsLine = bench.engine.openSecure(new StreamSpec("bob", "bob", Duration.ZERO), new MediaBench.Told());
            var annsIce = annsLine.remote(ann.offer(Codec.PCMU));
            var bobsIce = bobsLine.remote(bob.offer(Codec.PCMA));
            ann.connect(annsIce, bench.engine.certificateFingerprint());
            bob.connect(bobsIce, bench.engine.certificateFingerprint());
            annsLine.apply(AudioPlan.hearing(new Hears.Bridge("bob")));
            bobsLine.apply(AudioPlan.hearing(new Hears.Bridge("ann")));
            ann.say(600, Codec.PCMU);
            bob.say(900, Codec.PCMA);
            eventually("Ann hears Bob", () -> ann.hears(900));
            eventually("Bob hears Ann", () -> bob.hears(600));
        }
    }

    @Test
    void a_line_without_checks_is_lost_and_comes_back_with_them() throws Exception {
        try (var bench = new MediaBench(folder);
                var browser = new Browser(bench.engine.webRtcAddress(), "theirs")) {
            var told = new MediaBench.Told();
            var line = bench.engine.openSecure(LINE, told);
            var ice = line.remote(browser.offer(Codec.PCMU));
            browser.connect(ice, bench.engine.certificateFingerprint());
            eventually("connected", () -> line.state() == SecureState.CONNECTED);
            pause(8_000);
            assertThat(line.state()).isEqualTo(SecureState.CONNECTED);
            eventually("lost after ten seconds", () -> line.state() == SecureState.LOST);
            browser.check(ice, ice.password(), true);
            eventually("back", () -> line.state() == SecureState.CONNECTED);

            // the browser restarts ICE on the same association: new credentials, the keys stay
            var again = line.remote(new SecureRemote("newer", browser.identity.fingerprint(), Codec.PCMU, 126));
            assertThat(again).isNotEqualTo(ice);
            browser.checkAs("newer", again);
            line.apply(AudioPlan.hearing(new Hears.Tone(ToneKind.DIAL)));
            eventually("heard without another handshake", () -> browser.hears(450));
            assertThat(told.states)
                    .containsExactly(
                            SecureState.CONNECTING, SecureState.CONNECTED, SecureState.LOST, SecureState.CONNECTED);
        }
    }
}
