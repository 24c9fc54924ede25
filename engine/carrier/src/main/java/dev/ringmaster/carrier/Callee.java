package dev.ringmaster.carrier;

import java.time.Duration;

/// What becomes of a call to a simulated number: decided by its last digit, so that people and
/// tests can choose a result (OBT-032).
///
/// @param rings how long it rings first
/// @param sipStatus final answer; 200 = somebody answers
public record Callee(Duration rings, int sipStatus, String reason) {
    static Callee of(String number) {
        var last = number.isEmpty() ? '0' : number.charAt(number.length() - 1);
        return switch (last) {
            case '1' -> new Callee(Duration.ofMillis(600), 486, "Busy Here");
            case '2' -> new Callee(Duration.ofMinutes(3), 480, "Temporarily Unavailable");
            case '3' -> new Callee(Duration.ofSeconds(2), 603, "Decline");
            case '4' -> new Callee(Duration.ofMillis(300), 404, "Not Found");
            case '5' -> new Callee(Duration.ofMillis(300), 503, "Service Unavailable");
            default -> new Callee(Duration.ofMillis(1500), 200, "OK");
        };
    }

    /// The rule in words, for the page.
    static final String RULES =
            "Last digit of the dialled number: 1 busy · 2 rings without an answer · 3 declined · 4 number does not exist · 5 carrier failure · others answer after 1.5 s";

    boolean answers() {
        return sipStatus == 200;
    }
}
