package dev.ringmaster.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/// Bridged calls, trunk to an agent's line, sound both ways; says what one costs and what came of the sound.
public final class BridgeLoad {
    /// New calls a second: slow enough that signalling is not what is measured.
    private static final int CALLS_A_SECOND = 25;

    private BridgeLoad() {}

    /// @param args address of the node, its process, its SIP port, file of tokens, `plain` or
    /// `browser` lines, seconds
    ///     of measuring, then the numbers of calls, and after `--` the command that starts the farm
    public static void main(String[] args) throws Exception {
        var words = Arrays.asList(args);
        var split = words.indexOf("--");
        var pid = Long.parseLong(args[1]);
        var seconds = Integer.parseInt(args[5]);
        var steps = words.subList(6, split).stream().map(Integer::valueOf).toList();
        var browsers = args[4].equals("browser");
        try (var farm = new Farm(words.subList(split + 1, words.size()));
                var agents = new Agents();
                var callers = new Callers(Integer.parseInt(args[2]), agents.timers, agents.latencies)) {
            var most = steps.stream().mapToInt(Integer::intValue).max().orElse(0);
            agents.start(
                    args[0],
                    Path.of(args[3]),
                    most,
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ZERO,
                    n -> browsers ? farm.browser("agent-" + n) : farm.plain("agent-" + n));
            idleLines(agents, pid);
            for (var calls : steps) {
                step(agents, callers, farm, pid, calls, seconds);
            }
            // once more: the virtual machine has compiled what it runs
            idleLines(agents, pid);
        }
        System.exit(0);
    }

    private static void idleLines(Agents agents, long pid) throws InterruptedException {
        Thread.sleep(5_000);
        var before = Cpu.of(pid);
        Thread.sleep(5_000);
        var after = Cpu.of(pid);
        System.out.printf(
                "%d lines without a call: %.1f %% of a core (%s)%n",
                agents.all().size(), after.percentSince(before), after.threadsSince(before));
    }

    private static void step(Agents agents, Callers callers, Farm farm, long pid, int calls, int seconds)
            throws Exception {
        agents.latencies.forget();
        var talking = new ArrayList<Callers.Caller>();
        var voices = new ArrayList<Farm.Party>();
        for (var n = 0; n < calls; n++) {
            var party = farm.plain("caller-" + calls + "-" + n);
            voices.add(party);
            talking.add(callers.call("3000", party).get(10, TimeUnit.SECONDS));
            Thread.sleep(1_000 / CALLS_A_SECOND);
        }
        for (var tries = 0; agents.latencies.counted("talks") < calls; tries++) {
            if (tries > 300) {
                throw new IllegalStateException("only " + agents.latencies.counted("talks") + " of " + calls
                        + " calls are bridged\n" + agents.latencies.report());
            }
            Thread.sleep(100);
        }
        Thread.sleep(3_000);
        var _ = farm.ask("reset", "reset").join();
        var before = Cpu.of(pid);
        Thread.sleep(Duration.ofSeconds(seconds));
        var after = Cpu.of(pid);
        var sound = farm.ask("report", "report").join();
        var whole = after.percentSince(before);
        System.out.printf(
                "calls=%d node=%.1f %% of a core, %.4f %% a call (%s)%n  %s%n",
                calls, whole, whole / calls, after.threadsSince(before), sound);
        for (var caller : talking) {
            caller.hangUp();
            Thread.sleep(10);
        }
        for (var caller : talking) {
            var _ = caller.ended.get(10, TimeUnit.SECONDS);
        }
        for (var party : voices) {
            var _ = farm.ask(party.id, "quiet " + party.id);
        }
        Thread.sleep(4_000);
    }
}
