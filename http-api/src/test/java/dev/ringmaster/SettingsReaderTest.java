package dev.ringmaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.Settings.Role;
import dev.ringmaster.SettingsReader.BadSetting;
import dev.ringmaster.spec.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
    private static final Path README = Path.of("../README.md");

    /// For every key a value that is not its default.
    private static final Map<String, String> OTHERS = others();

    @Test
    void nothing_set_is_one_node_on_loopback_that_does_everything() {
        var settings = read(Map.of("PATH", "/bin"));

        assertThat(settings.http().toString()).endsWith("127.0.0.1:8080");
        assertThat(settings.sip().toString()).endsWith("127.0.0.1:5060");
        assertThat(settings.media()).isEqualTo(new Settings.Media("127.0.0.1", 20_000, 29_999, Optional.empty()));
        assertThat(settings.maxCalls()).isEqualTo(2_000);
        assertThat(settings.roles()).containsExactlyInAnyOrder(Role.values());
        assertThat(settings.files()).isEqualTo(settings.data());
        assertThat(settings.testProfile()).isFalse();
    }

    @Test
    void every_key_that_is_documented_is_known_and_every_known_key_is_documented() throws IOException {
        var documented = new TreeSet<String>();
        var matcher = Pattern.compile("^\\| `(RINGMASTER_[A-Z_]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(README));
        while (matcher.find()) {
            documented.add(matcher.group(1));
        }
        assertThat(documented).isEqualTo(new TreeSet<>(SettingsReader.DEFAULTS.keySet()));
    }

    @Test
    void every_key_changes_what_is_read() {
        assertThat(OTHERS.keySet()).isEqualTo(SettingsReader.DEFAULTS.keySet());
        OTHERS.forEach((key, value) -> {
            var with = new HashMap<>(Map.of(key, value));
            if (key.equals("RINGMASTER_CLUSTER") || key.equals("RINGMASTER_ROLES")) {
                with.putAll(OTHERS);
            }
            var without = new HashMap<>(with);
            without.remove(key);
            if (key.equals("RINGMASTER_CLUSTER") || key.equals("RINGMASTER_DATABASE")) {
                without.remove("RINGMASTER_ROLES");
                with.remove("RINGMASTER_ROLES");
            }
            assertThat(read(with)).as(key).isNotEqualTo(read(without));
        });
    }

    @Test
    void the_environment_wins_over_the_file(@TempDir Path folder) throws IOException {
        var file = folder.resolve("node.conf");
        Files.writeString(file, "# a node\n\nRINGMASTER_HTTP = 127.0.0.1:9000\nRINGMASTER_SIP=127.0.0.1:9001\n");

        var settings = SettingsReader.read(Map.of("RINGMASTER_SIP", "127.0.0.1:9002"), Optional.of(file));

        assertThat(settings.http().getPort()).isEqualTo(9000);
        assertThat(settings.sip().getPort()).isEqualTo(9002);
    }

    @Test
    void a_key_that_nobody_knows_is_refused_with_the_place_where_it_stands(@TempDir Path folder) throws IOException {
        assertThatThrownBy(() -> read(Map.of("RINGMASTER_HTPP", "x")))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("RINGMASTER_HTPP")
                .hasMessageContaining("RINGMASTER_HTTP");
        var file = folder.resolve("node.conf");
        Files.writeString(file, "RINGMASTER_HTTP=127.0.0.1:9000\nRINGMASTER_PORT=1\n");
        assertThatThrownBy(() -> SettingsReader.read(Map.of(), Optional.of(file)))
                .isInstanceOf(BadSetting.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    RINGMASTER_HTTP     | 8080
                    RINGMASTER_HTTP     | 127.0.0.1:70000
                    RINGMASTER_HTTP     | ::1:8080
                    RINGMASTER_SIP      | 127.0.0.1:0
                    RINGMASTER_SIP      | 127.0.0.1:sip
                    RINGMASTER_MEDIA    | 127.0.0.1:20000
                    RINGMASTER_MEDIA    | 127.0.0.1:20000-20001
                    RINGMASTER_TURN     | turn:example.com:3478
                    RINGMASTER_DATABASE | postgres://localhost/x
                    RINGMASTER_CLUSTER  | 127.0.0.1:2551
                    RINGMASTER_ROLES    | edge,engine,database
                    RINGMASTER_ROLES    | edge
                    RINGMASTER_MAX_CALLS | 0
                    RINGMASTER_MAX_CALLS | many
                    RINGMASTER_MAX_CALLS | 3e9
                    RINGMASTER_DEMO_CARRIER | 5060
                    RINGMASTER_ASR_ZH   | http://127.0.0.1:10095
                    RINGMASTER_TTS      | loud
                    RINGMASTER_CLOCK    | yesterday
                    RINGMASTER_TEST_LINES | perhaps
                    """)
    void a_value_that_cannot_be_used_is_refused_in_one_sentence_that_names_the_key(String key, String value) {
        assertThatThrownBy(() -> read(Map.of(key, value)))
                .isInstanceOf(BadSetting.class)
                .message()
                .contains(key)
                .doesNotContain("\n");
    }

    @Test
    void a_secret_is_not_printed_with_the_settings() {
        assertThat(read(Map.of("RINGMASTER_TURN", "turn:me:hush@127.0.0.1:3478"))
                        .toString())
                .contains("turn:me")
                .doesNotContain("hush");
    }

    @Test
    @Spec("SYS-008")
    void a_test_clock_begins_where_it_is_told() {
        assertThat(read(Map.of("RINGMASTER_CLOCK", "2026-03-02T01:00:00Z")).clock())
                .contains(Instant.parse("2026-03-02T01:00:00Z"));
        assertThat(read(Map.of("RINGMASTER_CLOCK", "system")).clock()).isEmpty();
    }

    private static Settings read(Map<String, String> environment) {
        return SettingsReader.read(environment, Optional.empty());
    }

    private static Map<String, String> others() {
        var others = new LinkedHashMap<String, String>();
        others.put("RINGMASTER_HTTP", "127.0.0.1:9080");
        others.put("RINGMASTER_SIP", "127.0.0.1:9060");
        others.put("RINGMASTER_MEDIA", "127.0.0.1:30000-30100");
        others.put("RINGMASTER_MEDIA_PUBLIC", "192.0.2.7");
        others.put("RINGMASTER_TURN", "turn:user:secret@192.0.2.8:3478");
        others.put("RINGMASTER_DATA", "/tmp/other");
        others.put("RINGMASTER_FILES", "/tmp/files");
        others.put("RINGMASTER_DATABASE", "jdbc:postgresql://127.0.0.1/ringmaster?user=r");
        others.put("RINGMASTER_CLUSTER", "127.0.0.1:2551,127.0.0.1:2552");
        others.put("RINGMASTER_ROLES", "engine");
        others.put("RINGMASTER_MAX_CALLS", "150");
        others.put("RINGMASTER_DEMO_CARRIER", "127.0.0.1:5999");
        others.put("RINGMASTER_ASR_ZH", "funasr+ws://127.0.0.1:10095");
        others.put("RINGMASTER_ASR_EN", "/usr/share/pocketsphinx/model/en-us");
        others.put("RINGMASTER_TTS", "openai+http://127.0.0.1:8000");
        others.put("RINGMASTER_CLOCK", "2026-03-02T01:00:00Z");
        others.put("RINGMASTER_TEST_LINES", "on");
        others.put("RINGMASTER_TEST_RECORDING", "off");
        return others;
    }
}
