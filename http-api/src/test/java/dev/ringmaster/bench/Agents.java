package dev.ringmaster.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;

/// So many agents of a seeded instance on one node.
final class Agents implements AutoCloseable {
    /// Agents who log in at once: more only wait in the node.
    private static final int AT_ONCE = 20;

    final Latencies latencies = new Latencies();
    final ScheduledExecutorService timers;
    private final ExecutorService threads = Executors.newFixedThreadPool(
            2, Thread.ofPlatform().name("agents-", 0).daemon().factory());
    private final HttpClient client = HttpClient.newBuilder().executor(threads).build();
    private final List<LoadAgent> all = new ArrayList<>();

    Agents() {
        timers = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("agents-timer").daemon().factory());
    }

    /// Brings agents on duty, some at once; returns when all are.
    ///
    /// @param http address of the node
    /// @param tokens what [Seed] has written
    void start(
            String http,
            Path tokens,
            int count,
            Duration answerAfter,
            Duration talk,
            Duration wrapUp,
            IntFunction<LoadAgent.Sound> sound)
            throws IOException, InterruptedException {
        var habits = new LoadAgent.Habits(
                URI.create(http.replaceFirst("^http", "ws") + "/api/v1/live"),
                Seed.ADDRESS,
                answerAfter,
                talk,
                wrapUp,
                timers,
                latencies);
        var lines = Files.readAllLines(tokens);
        for (var first = 0; first < count; first += AT_ONCE) {
            var coming = new ArrayList<java.util.concurrent.CompletableFuture<LoadAgent>>();
            for (var n = first; n < Math.min(count, first + AT_ONCE); n++) {
                var line = lines.get(n).split(" ", 2);
                var agent = new LoadAgent(line[0], line[1], habits, sound.apply(n));
                all.add(agent);
                coming.add(agent.start(client).toCompletableFuture());
            }
            for (var agent : coming) {
                try {
                    agent.get(60, TimeUnit.SECONDS);
                } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
                    throw new IOException("an agent does not come on duty", e);
                }
            }
        }
    }

    List<LoadAgent> all() {
        return all;
    }

    @Override
    public void close() {
        all.forEach(LoadAgent::leave);
        try {
            timers.shutdown();
            var _ = timers.awaitTermination(500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }

    /// A line that neither sends nor hears: for load on signalling and state alone.
    static LoadAgent.Sound silent() {
        return new LoadAgent.Sound() {
            @Override
            public String offer() {
                return """
                        v=0\r
                        o=- 1 1 IN IP4 127.0.0.1\r
                        s=-\r
                        c=IN IP4 127.0.0.1\r
                        t=0 0\r
                        m=audio 9 RTP/AVP 0\r
                        a=inactive\r
                        """;
            }

            @Override
            public void answered(String sdp) {}
        };
    }

    /// Agents for a load of calls that somebody else makes, until they are told to end (a closed standard input) or
    /// the time is over. Says `on duty` when calls may come, and a report at the end.
    ///
    /// @param args address of the node, file of tokens, agents, ms to the answer, ms of talk (0 = the caller hangs
    ///     up), ms of wrap-up, seconds at most
    public static void main(String[] args) throws Exception {
        try (var agents = new Agents()) {
            agents.start(
                    args[0],
                    Path.of(args[1]),
                    Integer.parseInt(args[2]),
                    Duration.ofMillis(Long.parseLong(args[3])),
                    Duration.ofMillis(Long.parseLong(args[4])),
                    Duration.ofMillis(Long.parseLong(args[5])),
                    _ -> silent());
            System.out.println("on duty " + agents.all().size());
            agents.latencies.forget();
            var end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Long.parseLong(args[6]));
            while (System.nanoTime() < end && told(agents)) {
                Thread.sleep(20);
            }
            System.out.print(agents.latencies.report());
        }
        System.exit(0);
    }

    /// `forget` begins the figures anew, `report` says them, `end` or the end of the input ends the run.
    private static boolean told(Agents agents) throws IOException {
        var line = new StringBuilder();
        while (System.in.available() > 0) {
            var next = System.in.read();
            if (next == '\n' || next < 0) {
                break;
            }
            line.append((char) next);
        }
        switch (line.toString()) {
            case "forget" -> agents.latencies.forget();
            case "report" -> {
                System.out.print(agents.latencies.report());
                System.out.println("reported");
            }
            default -> {}
        }
        return !line.toString().equals("end");
    }
}
