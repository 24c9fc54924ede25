package dev.ringmaster.call;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.ivr.Flows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Customer and agent talk, or the customer is on hold. Recorded as long as it lasts (HOT-020).
///
/// A customer from whom no audio comes is not hung up on: phones on hold, muted or with silence suppression send none,
/// and the agent hears that for herself. Only signalling ends a call: BYE, or a session timer or transport that fails.
/// The silence is journaled, so that it can be seen in the record.
///
/// @param place where an inbound customer waited, and goes back to when his agent is lost
/// @param line where her voice is; none for the moment: the customer hears music
/// @param heldAt since when he is on hold
/// @param digits keys sent to the customer's side, the last few
record Talking(
        CallFile file,
        Optional<Place> place,
        String agentId,
        String agentName,
        String token,
        Optional<LineRef> line,
        long lineVersion,
        String recordingId,
        boolean muted,
        Optional<Instant> heldAt,
        List<CallPlan.Digits> digits,
        Instant since)
        implements Live {
    /// Bound of `digits`: the edge has sent the older ones long ago.
    static final int MAX_DIGITS = 16;

    private static final Pattern KEYS = Pattern.compile("[0-9*#A-D]{1,32}");

    Talking {
        digits = List.copyOf(digits);
    }

    @Override
    public Talking with(CallFile other) {
        return new Talking(
                other, place, agentId, agentName, token, line, lineVersion, recordingId, muted, heldAt, digits, since);
    }

    Talking movedTo(Optional<LineRef> otherLine, long version) {
        return new Talking(
                file, place, agentId, agentName, token, otherLine, version, recordingId, muted, heldAt, digits, since);
    }

    Talking held(Optional<Instant> from) {
        return new Talking(
                file, place, agentId, agentName, token, line, lineVersion, recordingId, muted, from, digits, since);
    }

    Talking muted(boolean on) {
        return new Talking(
                file, place, agentId, agentName, token, line, lineVersion, recordingId, on, heldAt, digits, since);
    }

    Talking sent(CallPlan.Digits keys) {
        var all = new ArrayList<>(digits);
        all.add(keys);
        if (all.size() > MAX_DIGITS) {
            all.removeFirst();
        }
        return new Talking(
                file, place, agentId, agentName, token, line, lineVersion, recordingId, muted, heldAt, all, since);
    }

    @Override
    public Decision<CallEvent> react(CallCommand command, Instant now, Flows flows) {
        return switch (command) {
            case CallCommand.Control c ->
                c.agentId().equals(agentId) ? controlled(c, now) : refuse("NotYourCall", "This is not your call.");
            case CallCommand.FromAgent(AgentToCall.Answered a) when a.token().equals(token) -> nothing();
            case CallCommand.FromAgent(AgentToCall.ServedBy s)
            when s.token().equals(token) && s.version() > lineVersion ->
                accept(new CallEvent.LineMoved(agentId, s.version(), s.line(), now));
            case CallCommand.FromAgent(AgentToCall.Lost lost) when lost.token().equals(token) -> accept(agentLost(now));
            default -> otherwise(command);
        };
    }

    private Decision<CallEvent> controlled(CallCommand.Control control, Instant now) {
        return switch (control) {
            case CallCommand.Hold _ -> heldAt.isPresent() ? nothing() : accept(new CallEvent.CallHeld(now));
            case CallCommand.Resume _ -> heldAt.isEmpty() ? nothing() : accept(new CallEvent.CallResumed(now));
            case CallCommand.Mute(var _, var on) ->
                on == muted ? nothing() : accept(new CallEvent.MuteChanged(on, now));
            case CallCommand.SendDigits(var _, var id, var keys) -> {
                if (!KEYS.matcher(keys.value()).matches()) {
                    yield refuse("InvalidArgument", "Only the keys 0 to 9, *, #, A to D, at most 32.", "digits");
                }
                yield digits.stream().anyMatch(d -> d.id().equals(id))
                        ? nothing()
                        : accept(new CallEvent.DigitsSent(id, keys, now));
            }
            case CallCommand.HangUp _ -> accept(hungUp(now));
        };
    }

    /// An inbound customer is asked how it was, where his number says so (HOT-018).
    private List<CallEvent> hungUp(Instant now) {
        var levels = file.birth().surveyLevels().filter(_ -> file.inbound());
        return levels.isPresent()
                ? List.of(
                        new CallEvent.AgentReleased(agentId, token, EndedBy.AGENT, "hungUp", now),
                        new CallEvent.SurveyStarted(levels.get(), 1, file.generation() + 1, now))
                : List.of(new CallEvent.CallEnded(EndedBy.AGENT, CallResult.SUCCESS, "hungUp", now));
    }

    /// He who called us waits again at his old place, so at the head; whom we called is let go.
    private List<CallEvent> agentLost(Instant now) {
        return place.isPresent()
                ? List.of(
                        new CallEvent.AgentReleased(agentId, token, EndedBy.SYSTEM, "lost", now),
                        place.get().again(now))
                : List.of(new CallEvent.CallEnded(EndedBy.SYSTEM, CallResult.SUCCESS, "agentLost", now));
    }

    @Override
    public CallPlan.Hears hears() {
        return heldAt.isPresent() || line.isEmpty()
                ? new CallPlan.Hears.Music(place.map(Place::music).orElse(Prompts.HOLD_MUSIC))
                : new CallPlan.Hears.Line();
    }

    @Override
    public String phase() {
        return heldAt.isPresent() ? "HELD" : "TALKING";
    }
}
