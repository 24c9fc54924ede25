package dev.ringmaster.telephony;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// One run of SIPp with a scenario of `src/test/resources/sipp`: a real peer, in a process of its own.
final class Sipp implements AutoCloseable {
    final int port = EdgeUnderTest.freePort();
    private final Path folder;
    private final Process process;

    /// Calls the edge. An argument `name=value` replaces `@name@` in the scenario.
    static Sipp calls(EdgeUnderTest edge, String scenario, String number, String... more) {
        var arguments = new ArrayList<>(List.of("127.0.0.1:" + edge.port, "-s", number));
        arguments.addAll(List.of(more));
        return new Sipp(scenario, arguments);
    }

    /// Waits to be called.
    static Sipp waits(String scenario, String... more) {
        return new Sipp(scenario, List.of(more));
    }

    private Sipp(String scenario, List<String> more) {
        try {
            folder = Files.createTempDirectory("sipp");
            var source = Path.of(Objects.requireNonNull(Sipp.class.getResource("/sipp/" + scenario + ".xml"))
                    .toURI());
            var text = Files.readString(source);
            var command = new ArrayList<>(List.of("sipp"));
            for (var argument : more) {
                var parts = argument.split("=", 2);
                if (parts.length == 2) {
                    text = text.replace("@" + parts[0] + "@", parts[1]);
                } else {
                    command.add(argument);
                }
            }
            var script = Files.writeString(folder.resolve("scenario.xml"), text);
            if (!more.contains("-m")) {
                command.addAll(List.of("-m", "1"));
            }
            command.addAll(List.of(
                    "-sf",
                    script.toString(),
                    "-i",
                    "127.0.0.1",
                    "-mi",
                    "127.0.0.1",
                    "-p",
                    String.valueOf(port),
                    "-mp",
                    String.valueOf((EdgeUnderTest.freePort() & ~1) % 60_000 + 1_024),
                    "-nostdin",
                    "-timeout",
                    "40s",
                    "-timeout_error",
                    "-trace_msg",
                    "-message_file",
                    folder.resolve("messages").toString(),
                    "-trace_err",
                    "-error_file",
                    folder.resolve("errors").toString()));
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("out").toFile())
                    .start();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        } catch (URISyntaxException fault) {
            throw new IllegalStateException(fault);
        }
    }

    /// Waits until it has ended, and demands that its scenario went as written.
    void succeeds(Duration within) {
        try {
            assertThat(process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS))
                    .as(() -> "sipp has ended; " + messages())
                    .isTrue();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted");
        }
        assertThat(process.exitValue())
                .as(() -> read("errors") + "\n" + messages())
                .isZero();
    }

    void succeeds() {
        succeeds(Duration.ofSeconds(20));
    }

    /// Everything it has sent and received so far.
    String messages() {
        return read("messages");
    }

    /// How often a pattern has come (`received`) so far.
    int received(String firstLine) {
        var pattern = Pattern.compile("message received[^\\n]*\\n\\s*" + Pattern.quote(firstLine));
        return (int) pattern.matcher(messages()).results().count();
    }

    private String read(String file) {
        try {
            var path = folder.resolve(file);
            return Files.exists(path) ? Files.readString(path, StandardCharsets.ISO_8859_1) : "";
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
