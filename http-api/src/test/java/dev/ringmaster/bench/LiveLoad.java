package dev.ringmaster.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// Many agents on live sockets: what they cost when nothing happens, and how soon a page shows what has happened. Their
/// lines are open and silent, so that no sound is measured here.
public final class LiveLoad {
    private static final Duration IDLE = Duration.ofSeconds(12);

    private LiveLoad() {}

    /// @param args address of the node, its process, its SIP port, file of tokens, agents, groups,
    /// changes a second, calls
    ///     a second, seconds of each load
    public static void main(String[] args) throws Exception {
        var pid = Long.parseLong(args[1]);
        var seconds = Integer.parseInt(args[8]);
        try (var agents = new Agents();
                var callers = new Callers(Integer.parseInt(args[2]), agents.timers, agents.latencies)) {
            agents.start(
                    args[0],
                    Path.of(args[3]),
                    Integer.parseInt(args[4]),
                    Duration.ofMillis(500),
                    Duration.ofSeconds(3),
                    Duration.ofMillis(500),
                    _ -> Agents.silent());
            System.out.println("login of " + agents.all().size() + " agents\n" + agents.latencies.report());
            Thread.sleep(5_000);
            var before = Cpu.of(pid);
            Thread.sleep(IDLE);
            var after = Cpu.of(pid);
            System.out.printf(
                    "%d agents on duty, nothing happens: %.1f %% of a core, %.4f %% an agent (%s); resident %d MB%n",
                    agents.all().size(),
                    after.percentSince(before),
                    after.percentSince(before) / agents.all().size(),
                    after.threadsSince(before),
                    resident(pid));
            changes(agents, pid, Integer.parseInt(args[6]), seconds);
            calls(agents, callers, pid, Integer.parseInt(args[5]), Integer.parseInt(args[7]), seconds);
        }
        System.exit(0);
    }

    /// Agents press break and continue, evenly spread over time.
    private static void changes(Agents agents, long pid, int aSecond, int seconds) throws InterruptedException {
        var random = new Random(7);
        agents.latencies.forget();
        var before = Cpu.of(pid);
        var start = System.nanoTime();
        for (var n = 0; n < aSecond * seconds; n++) {
            var agent = agents.all().get(random.nextInt(agents.all().size()));
            if (agent.isIdle()) {
                agent.press("break", Map.of("reason", "rest"));
            } else {
                agent.press("continueWork", Map.of());
            }
            sleepUntil(start + (n + 1) * 1_000_000_000L / aSecond);
        }
        var after = Cpu.of(pid);
        Thread.sleep(2_000);
        System.out.printf(
                "%d changes a second pressed: %.1f %% of a core (%s)%n%s",
                aSecond, after.percentSince(before), after.threadsSince(before), agents.latencies.report());
        for (var agent : agents.all()) {
            if (!agent.isIdle()) {
                agent.press("continueWork", Map.of());
                Thread.sleep(5);
            }
        }
        Thread.sleep(2_000);
    }

    /// Calls come, are answered after half a second, talk for three, are wrapped up.
    private static void calls(Agents agents, Callers callers, long pid, int groups, int aSecond, int seconds)
            throws InterruptedException {
        agents.latencies.forget();
        var coming = new ArrayList<java.util.concurrent.CompletableFuture<Callers.Caller>>();
        var before = Cpu.of(pid);
        var start = System.nanoTime();
        for (var n = 0; n < aSecond * seconds; n++) {
            coming.add(callers.call(Integer.toString(3_000 + n % groups), Agents.silent()));
            sleepUntil(start + (n + 1) * 1_000_000_000L / aSecond);
        }
        var after = Cpu.of(pid);
        Thread.sleep(6_000);
        var ended = coming.stream()
                .filter(call -> call.isDone() && !call.isCompletedExceptionally())
                .filter(call -> call.join().ended.isDone())
                .count();
        System.out.printf(
                "%d calls a second: %d of %d served to their end, %.1f %% of a core (%s)%n%s",
                aSecond,
                ended,
                coming.size(),
                after.percentSince(before),
                after.threadsSince(before),
                agents.latencies.report());
    }

    private static void sleepUntil(long nanos) throws InterruptedException {
        var left = nanos - System.nanoTime();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        }
    }

    private static long resident(long pid) throws IOException {
        var matcher =
                Pattern.compile("VmRSS:\\s+(\\d+)").matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1_024 : -1;
    }
}
