package dev.ringmaster.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.ringmaster.http.web.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One agent on a live socket who does her work by herself: opens her line, goes on duty, answers, talks, hangs up,
/// saves the note, goes on. All her times are taken on one clock, the machine's.
final class LoadAgent implements WebSocket.Listener {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final Set<String> SPEAKING = Set.of("RINGING.connecting", "DIALING", "IN_CALL");

    /// What all agents of a run have in common.
    ///
    /// @param answerAfter from ringing to the pressed answer
    /// @param talk until she hangs up; zero = the caller does
    /// @param wrapUp from the end of the call to the note and to going on
    record Habits(
            URI live,
            String instance,
            Duration answerAfter,
            Duration talk,
            Duration wrapUp,
            ScheduledExecutorService timers,
            Latencies latencies) {}

    /// Her sound. Its offer is sent as it is; the answer is told.
    interface Sound {
        String offer();

        void answered(String sdp);

        /// Whether a call is hers; a page sends no sound otherwise. Told again and again.
        default void speak(boolean on) {}
    }

    private record Pressed(String name, long atNanos) {}

    final String id;
    private final String token;
    private final Habits habits;
    private final Sound sound;
    private final CompletableFuture<LoadAgent> onDuty = new CompletableFuture<>();
    private final StringBuilder part = new StringBuilder();
    private final Map<String, Pressed> asked = new HashMap<>();
    private CompletableFuture<WebSocket> sending = new CompletableFuture<>();
    private String state = "";
    private String doneFor = "";
    private @Nullable Pressed expected;
    private volatile boolean idle;
    private volatile boolean open;
    private boolean lineAsked;
    private boolean answering;

    LoadAgent(String id, String token, Habits habits, Sound sound) {
        this.id = id;
        this.token = token;
        this.habits = habits;
        this.sound = sound;
    }

    /// @return done when she is on duty and free
    CompletionStage<LoadAgent> start(HttpClient client) {
        sending = client.newWebSocketBuilder().buildAsync(habits.live(), this);
        var _ = sending.whenComplete((_, failure) -> {
            if (failure != null) {
                onDuty.completeExceptionally(failure);
            }
        });
        say(Map.of("type", "hello", "token", token, "instance", habits.instance(), "takeOver", true));
        open = true;
        alive();
        return onDuty;
    }

    boolean isIdle() {
        return idle;
    }

    void leave() {
        open = false;
        say(Map.of("type", "bye"));
    }

    private void alive() {
        var _ = habits.timers()
                .schedule(
                        () -> {
                            if (open) {
                                say(Map.of("type", "alive"));
                                alive();
                            }
                        },
                        5,
                        TimeUnit.SECONDS);
    }

    /// The library takes one message at a time.
    private synchronized void say(Map<String, ?> message) {
        var text = Json.text(message);
        sending = sending.thenCompose(socket -> socket.sendText(text, true));
    }

    /// Presses a button; the answer is timed as `done.NAME`.
    synchronized void press(String name, Map<String, ?> args) {
        var command = UUID.randomUUID().toString();
        var pressed = new Pressed(name, System.nanoTime());
        asked.put(command, pressed);
        expected = pressed;
        if (name.equals("answer")) {
            answering = true;
            speak();
        }
        say(Map.of("type", "command", "id", command, "name", name, "args", args));
    }

    private void later(Duration after, Runnable what) {
        if (after.isZero()) {
            what.run();
        } else {
            var _ = habits.timers().schedule(what, after.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        part.append(data);
        if (last) {
            var arrived = CLOCK.instant();
            var nanos = System.nanoTime();
            var text = part.toString();
            part.setLength(0);
            try {
                heard(Json.MAPPER.readTree(text), arrived, nanos);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
        }
        socket.request(1);
        return CompletableFuture.completedFuture(null);
    }

    private synchronized void heard(JsonNode message, Instant arrived, long nanos) {
        switch (message.path("type").asText()) {
            case "snapshot" -> {
                if (!lineAsked) {
                    lineAsked = true;
                    asked.put("line", new Pressed("line", nanos));
                    say(Map.of("type", "line", "id", "line", "sdp", sound.offer()));
                }
                screen(message.path("agent"), null, nanos);
            }
            case "change" -> {
                if (message.path("of").asText().equals("agent")) {
                    screen(message.path("agent"), arrived, nanos);
                }
            }
            case "done" -> {
                var pressed = asked.remove(message.path("id").asText());
                if (pressed != null) {
                    habits.latencies().took("done." + pressed.name(), ms(nanos - pressed.atNanos()));
                    if (pressed.name().equals("line")) {
                        sound.answered(message.path("sdp").asText());
                        press("startWork", Map.of());
                    }
                }
            }
            case "refused" -> {
                var pressed = asked.remove(message.path("id").asText());
                var name = pressed == null ? "session" : pressed.name();
                habits.latencies()
                        .count("refused." + name + "." + message.path("code").asText());
                if (!onDuty.isDone() && (pressed == null || !name.equals("answer"))) {
                    onDuty.completeExceptionally(new IllegalStateException(message.toString()));
                }
            }
            default -> {}
        }
    }

    /// @param arrived when the change came in; null for a snapshot, which is no change
    private void screen(JsonNode agent, @Nullable Instant arrived, long nanos) {
        var now = agent.path("state").asText();
        var sub = agent.path("sub").asText("");
        var full = now + (sub.equals("connecting") ? ".connecting" : "");
        if (arrived != null && !full.equals(state)) {
            var since = Instant.parse(agent.path("since").asText());
            habits.latencies()
                    .took("state." + full, Duration.between(since, arrived).toNanos() / 1e6);
            if (expected != null) {
                habits.latencies().took("page." + expected.name(), ms(nanos - expected.atNanos()));
                expected = null;
            }
        }
        state = full;
        idle = now.equals("IDLE");
        answering &= full.equals("RINGING");
        speak();
        work(agent, full);
    }

    /// As the page does it: from the pressed answer to the end of the call.
    private void speak() {
        sound.speak(answering || SPEAKING.contains(state));
    }

    private void work(JsonNode agent, String now) {
        var callId = agent.path("callId").asText("");
        var noteSaved = agent.at("/note/saved").asBoolean(false);
        var todo = now + " " + callId + " " + noteSaved;
        if (todo.equals(doneFor)) {
            return;
        }
        doneFor = todo;
        switch (now) {
            case "IDLE" -> onDuty.complete(this);
            case "RINGING" -> later(habits.answerAfter(), () -> press("answer", Map.of("callId", callId)));
            case "IN_CALL" -> {
                habits.latencies().count("talks");
                if (!habits.talk().isZero()) {
                    later(habits.talk(), () -> press("hangup", Map.of("callId", callId)));
                }
            }
            case "ACW" -> later(habits.wrapUp(), () -> wrapUp(agent));
            case "BREAK" -> {
                if (!agent.path("cause").asText().equals("manual")) {
                    habits.latencies().count("break." + agent.path("cause").asText());
                    press("continueWork", Map.of());
                }
            }
            default -> {}
        }
    }

    private void wrapUp(JsonNode agent) {
        var note = agent.path("note");
        if (note.isObject()
                && note.path("required").asBoolean()
                && !note.path("saved").asBoolean()) {
            var args = new LinkedHashMap<String, Object>();
            args.put("callId", note.path("callId").asText());
            args.put("category", "load");
            args.put("result", "done");
            args.put("text", "A note of the load.");
            press("saveNote", args);
        } else {
            press("continueWork", Map.of());
        }
    }

    private static double ms(long nanos) {
        return nanos / 1e6;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        ended("closed " + code);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        ended(error.toString());
    }

    private void ended(String why) {
        idle = false;
        if (open) {
            open = false;
            habits.latencies().count("lost socket " + why);
        }
        onDuty.completeExceptionally(new IllegalStateException(why));
    }
}
