package dev.ringmaster.carrier;

import dev.ringmaster.base.PhoneNumber;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How one simulated customer behaves in a call that he makes: drawn from a random generator, or told by the page.
///
/// @param keys pressed one after another once the menu has been heard for a while; empty = presses nothing
/// @param talk when he hangs up, counted from the answer; empty = stays until the other side hangs up
/// @param voice prefix of his sentences: `zh` or `en`
public record Customer(PhoneNumber from, String called, List<Press> keys, Optional<Duration> talk, String voice) {
    public Customer {
        keys = List.copyOf(keys);
    }

    /// @param after counted from the answer
    public record Press(Duration after, String key) {}

    /// Inbound numbers of the demo with a menu; the others lead to a queue at once.
    private static final String WITH_MENU = "4001000001";

    private static final List<String> NUMBERS = List.of(WITH_MENU, "4001000002");

    /// Area codes and mobile prefixes, so that the home area differs from call to call.
    private static final List<String> ORIGINS = List.of("138", "139", "186", "0571", "010", "021", "0755");

    /// Somebody calls: most press a right key, some a wrong one first, some none, some give up early.
    static Customer random(RandomGenerator random) {
        return calling(NUMBERS.get(random.nextInt(NUMBERS.size())), random);
    }

    static Customer calling(String number, RandomGenerator random) {
        var talk = switch (random.nextInt(10)) {
            case 0 -> Optional.of(seconds(random, 3, 9)); // gives up in the menu or at once
            case 1, 2 -> Optional.of(seconds(random, 15, 40)); // has little patience
            case 3, 4 -> Optional.<Duration>empty(); // stays until the agent hangs up
            default -> Optional.of(seconds(random, 60, 150));
        };
        var keys = number.equals(WITH_MENU) ? keys(random) : List.<Press>of();
        return new Customer(origin(random), number, keys, talk, random.nextInt(3) == 0 ? "en" : "zh");
    }

    private static List<Press> keys(RandomGenerator random) {
        var first = seconds(random, 3, 8);
        var right = random.nextInt(3) == 0 ? "2" : "1";
        return switch (random.nextInt(10)) {
            case 0 -> List.of(); // hears the menu time out
            case 1, 2 -> List.of(new Press(first, "9"), new Press(first.plus(seconds(random, 4, 7)), right));
            default -> List.of(new Press(first, right));
        };
    }

    private static PhoneNumber origin(RandomGenerator random) {
        var prefix = ORIGINS.get(random.nextInt(ORIGINS.size()));
        var digits = new StringBuilder(prefix);
        while (digits.length() < 11) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return new PhoneNumber(digits.toString());
    }

    private static Duration seconds(RandomGenerator random, int least, int most) {
        return Duration.ofMillis(random.nextLong(least * 1000L, most * 1000L + 1));
    }
}
