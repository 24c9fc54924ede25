package dev.ringmaster.simulation;

import java.util.Map;
import java.util.TreeMap;

/// Plays as many days as wanted: `Days [DAYS] [FIRST SEED]`. Ends with 1 at the first day that goes wrong.
final class Days {
    private Days() {}

    public static void main(String[] arguments) {
        var days = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000;
        var first = arguments.length > 1 ? Long.parseLong(arguments[1]) : System.nanoTime();
        var kinds = new TreeMap<String, Integer>();
        var began = System.nanoTime();
        long calls = 0;
        long conversations = 0;
        long events = 0;
        long fenced = 0;
        for (var seed = first; seed < first + days; seed++) {
            Day day;
            try {
                day = Day.play(seed);
            } catch (AssertionError wrong) {
                System.out.println(wrong.getMessage());
                System.exit(1);
                return;
            }
            kinds.merge(day.kind(), 1, Integer::sum);
            calls += day.calls();
            conversations += day.conversations();
            events += day.events();
            fenced += day.fenced();
            if (days == 1) {
                System.out.println(day);
            }
        }
        System.out.printf(
                "days %d from seed %d %s: calls %d, conversations %d, events %d, writes fenced off %d, %.1f s%n",
                days,
                first,
                Map.copyOf(kinds),
                calls,
                conversations,
                events,
                fenced,
                (System.nanoTime() - began) / 1e9);
    }
}
