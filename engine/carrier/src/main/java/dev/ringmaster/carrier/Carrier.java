package dev.ringmaster.carrier;

import dev.ringmaster.media.MediaConfig;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.telephony.Edge;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.tenant.Trunk;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;

/// The simulated carrier as a process: speaks SIP and RTP with one contact centre on loopback, and
/// ends when its parent does.
///
/// Arguments, all `--name value`: `--ringmaster host:port` (needed), `--parent pid`, `--sip
/// host:port` and `--page host:port` (port 0 or
/// absent = any free one), `--every least-most` in seconds (`0-0` = nobody calls unasked), `--seed n`.
public final class Carrier {
    private Carrier() {}

    public static void main(String[] args) throws Exception {
        var settings = settings(args);
        var ringmaster = Optional.ofNullable(settings.get("ringmaster"));
        if (ringmaster.isEmpty()) {
            System.err.println("carrier: --ringmaster host:port is needed");
            System.exit(2);
        }
        var random =
                new SplittableRandom(Long.parseLong(settings.getOrDefault("seed", String.valueOf(System.nanoTime()))));
        var sip = free(address(settings.getOrDefault("sip", "127.0.0.1:0")));
        var media = MediaEngine.start(MediaConfig.on(
                        sip.getAddress(),
                        firstMediaPort(sip.getPort()),
                        firstMediaPort(sip.getPort()) + 399,
                        Files.createTempDirectory("carrier"))
                .withSounds(Carrier::sentence));
        var edge = Edge.start(
                EdgeConfig.on("carrier", System.currentTimeMillis(), sip.getAddress(), sip.getPort()), media);
        var network = new Network(edge, random);
        edge.listen(network);
        edge.trunks(List.of(new Trunk(
                Network.TRUNK,
                "carrier",
                "Ringmaster",
                ringmaster.get(),
                List.of("127.0.0.0/8"),
                List.of("PCMA", "PCMU"),
                Network.MAX_CALLS,
                "RFC4733",
                1)));
        var page = new Page(address(settings.getOrDefault("page", "127.0.0.1:0")), network, random.split());

        var end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            page.close();
            network.close();
            edge.close();
            media.close();
        }));
        parent(settings).ifPresent(process -> {
            var _ = process.onExit().thenRun(end::countDown);
        });
        var every = Pattern.compile("(\\d+)-(\\d+)").matcher(settings.getOrDefault("every", "20-60"));
        if (every.matches() && !every.group(2).equals("0")) {
            network.keepCalling(Integer.parseInt(every.group(1)), Integer.parseInt(every.group(2)));
        }
        System.out.println("carrier ready sip=" + sip.getAddress().getHostAddress() + ":" + sip.getPort() + " page="
                + page.url() + " pid=" + ProcessHandle.current().pid());
        end.await();
        System.exit(0);
    }

    /// The parent process; one that is gone already ends us at once.
    private static Optional<ProcessHandle> parent(Map<String, String> settings) {
        var pid = settings.get("parent");
        if (pid == null) {
            return Optional.empty();
        }
        var process = ProcessHandle.of(Long.parseLong(pid));
        if (process.isEmpty()) {
            System.exit(0);
        }
        return process;
    }

    private static Optional<byte[]> sentence(String name) throws IOException {
        if (!name.matches("[a-z-]+")) {
            return Optional.empty();
        }
        try (var in = Carrier.class.getResourceAsStream("voices/" + name + ".wav")) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        }
    }

    private static Map<String, String> settings(String[] args) {
        var settings = new HashMap<String, String>();
        var rest = new ArrayList<>(List.of(args));
        while (rest.size() >= 2 && rest.getFirst().startsWith("--")) {
            settings.put(rest.removeFirst().substring(2), rest.removeFirst());
        }
        if (!rest.isEmpty()) {
            System.err.println("carrier: what is " + rest + "?");
            System.exit(2);
        }
        return settings;
    }

    private static InetSocketAddress address(String hostAndPort) throws IOException {
        var colon = hostAndPort.lastIndexOf(':');
        return new InetSocketAddress(
                InetAddress.getByName(hostAndPort.substring(0, colon)),
                Integer.parseInt(hostAndPort.substring(colon + 1)));
    }

    /// SIP wants one number for UDP and TCP.
    private static InetSocketAddress free(InetSocketAddress wish) throws IOException {
        if (wish.getPort() != 0) {
            return wish;
        }
        for (var tries = 0; tries < 20; tries++) {
            try (var tcp = new ServerSocket(0, 1, wish.getAddress());
                    var _ = new DatagramSocket(tcp.getLocalPort(), wish.getAddress())) {
                return new InetSocketAddress(wish.getAddress(), tcp.getLocalPort());
            } catch (java.net.BindException e) {
                // taken for UDP: try another
            }
        }
        throw new IOException("no port is free for UDP and TCP");
    }

    /// A range of its own below the usual ephemeral ports, so that several demos run beside each other.
    private static int firstMediaPort(int sipPort) {
        return 10_000 + sipPort % 24 * 400;
    }
}
