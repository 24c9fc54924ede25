package dev.ringmaster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/// The demo's simulated carrier: a process of its own that calls us and takes our calls. It ends
/// with this process, also after kill -9.
final class SimulatedCarrier implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("carrier ready sip=(\\S+) page=(\\S+)");
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);

    private final Process process;
    private final String sip;
    private final String page;

    private SimulatedCarrier(Process process, String sip, String page) {
        this.process = process;
        this.sip = sip;
        this.page = page;
    }

    /// @param ourSip `host:port` that it calls
    static SimulatedCarrier start(String ourSip) throws IOException {
        var java = ProcessHandle.current().info().command().orElse("java");
        var command = new ArrayList<String>(List.of(
                java,
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(List.of("-Dstdout.encoding=UTF-8", "-cp", System.getProperty("java.class.path", "")));
        command.addAll(List.of("dev.ringmaster.carrier.Carrier", "--ringmaster", ourSip));
        command.addAll(List.of("--parent", Long.toString(ProcessHandle.current().pid())));
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        var ready = new CompletableFuture<SimulatedCarrier>();
        Thread.ofVirtual().name("carrier-output").start(() -> follow(process, ready));
        try {
            return ready.get(READY_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
            throw new IOException("the simulated carrier did not start", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the simulated carrier started", e);
        }
    }

    private static void follow(Process process, CompletableFuture<SimulatedCarrier> ready) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var match = READY.matcher(line);
                if (match.find()) {
                    ready.complete(new SimulatedCarrier(process, match.group(1), match.group(2)));
                }
            }
            ready.completeExceptionally(new IOException("it ended"));
        } catch (IOException e) {
            ready.completeExceptionally(e);
        }
    }

    /// Where our outbound calls go.
    String sip() {
        return sip;
    }

    /// Its page, from which it can be told to call now.
    String page() {
        return page;
    }

    long pid() {
        return process.pid();
    }

    boolean alive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
