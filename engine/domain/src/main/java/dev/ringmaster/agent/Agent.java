package dev.ringmaster.agent;

import static dev.ringmaster.base.Decision.accept;
import static dev.ringmaster.base.Decision.nothing;
import static dev.ringmaster.base.Decision.refuse;

import dev.ringmaster.agent.AgentCommand.FromBrowser;
import dev.ringmaster.agent.AgentProfile.Group;
import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.Owed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One agent: what she is doing ([Duty]), and beside it what is true in every duty: her session and line, her groups,
/// her wish for after the call, her open notes and what she still owes others. Spec 05, table T1 to T19 (AGT-001).
///
/// @param leftGroups groups of an older profile whose queues may still count her
/// @param seat token of her human seat while she is on duty (TEN-013)
/// @param reservation a queue's hold on her; the page knows nothing of it
/// @param wish break or off duty, carried out when wrap-up ends (T15)
/// @param notes wrap-up notes that can be written now, oldest first
/// @param closed tokens that nobody can open again, newest last
/// @param debts messages owed to others, oldest first
public record Agent(
        String agentId,
        Optional<AgentProfile> profile,
        List<Group> leftGroups,
        Presence presence,
        Duty duty,
        Optional<String> seat,
        Optional<Reservation> reservation,
        Optional<AgentEvent.Wish> wish,
        boolean autoAnswer,
        List<Note> notes,
        List<Closed> closed,
        List<Owed> debts,
        Optional<AgentScreen.Notice> notice) {

    /// How long her connection may be lost before she is taken off duty or leaves her call (T17).
    public static final Duration LOST_TOO_LONG = Duration.ofSeconds(60);

    /// Bound of `closed`: a message that comes later than so many offers is not of this world.
    static final int MAX_CLOSED = 32;

    public Agent {
        leftGroups = List.copyOf(leftGroups);
        notes = List.copyOf(notes);
        closed = List.copyOf(closed);
        debts = List.copyOf(debts);
    }

    /// Kept free for this call until then.
    public record Reservation(String token, String callId, String groupId, Instant until) {}

    /// A token that is used up, and what had become of an answer to it.
    public record Closed(String token, String callId, AnswerOutcome answer) {}

    /// A wrap-up note that can be written now.
    ///
    /// @param saved what she saved last
    public record Note(String callId, boolean required, Optional<AgentEvent.NoteSaved> saved) {}

    /// Nobody has logged in yet.
    public static Agent unborn(String agentId) {
        return new Agent(
                agentId,
                Optional.empty(),
                List.of(),
                Presence.NONE,
                new Off("login", Instant.EPOCH),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    public Decision<AgentEvent> decide(AgentCommand command, Instant now) {
        return switch (command) {
            case AgentCommand.OpenSession c -> Sessions.open(this, c, now);
            case AgentCommand.SessionLost c -> Sessions.lost(this, c, now);
            case AgentCommand.LineOpened c -> Sessions.lineOpened(this, c, now);
            case AgentCommand.LineLost c -> Sessions.lineLost(this, c, now);
            case AgentCommand.Confirm(var confirmation) -> Debts.confirmed(this, confirmation, now);
            case AgentCommand.Doubted(var doubt) -> AgentDoubts.doubted(this, doubt, now);
            case AgentCommand.CallHasNothing said -> AgentDoubts.callHasNothing(this, said, now);
            case FromBrowser c
            when !presence.heldBy(c.fence()) ->
                refuse("SessionSuperseded", "You have logged in elsewhere; this page no longer counts.");
            case AgentCommand.SaveNote c -> Notes.save(this, c, now);
            case AgentCommand.SetAutoAnswer(var _, var on) ->
                on == autoAnswer ? nothing() : accept(new AgentEvent.AutoAnswerSet(on, now));
            case AgentCommand.CancelPending _ ->
                wish.isEmpty() ? nothing() : accept(new AgentEvent.WishNoted(Optional.empty(), now));
            case AgentCommand.StartWork(var _, var token)
            when seat.filter(token::equals).isPresent() -> nothing();
            default -> duty.decide(this, command, now);
        };
    }

    /// Replay. Total: an event that was recorded is never refused.
    public static Agent apply(Agent agent, AgentEvent event) {
        return AgentReplay.apply(agent, event);
    }

    /// When something falls due by itself; [AgentCommand.DeadlinePassed] then always has something to say.
    public Optional<Instant> deadline() {
        return duty.deadline(this);
    }

    public Optional<LinePlan> linePlan(long version) {
        return presence.plan(agentId, version, serving(), duty.beeps());
    }

    public List<Owed> owed() {
        return debts;
    }

    /// What her groups' queues are to know. Off duty: that she has gone, also to groups she has left.
    ///
    /// @param order the entity's event number
    public List<QueueNotice> queueNotices(long order) {
        return QueueNotice.of(this, order);
    }

    public AgentScreen screen() {
        return AgentScreens.of(this);
    }

    /// Number of the session that counts; 0 before the first login.
    public long fence() {
        return presence.fence();
    }

    public Optional<String> sessionId() {
        return presence.fence() == 0 ? Optional.empty() : Optional.of(presence.sessionId());
    }

    /// Whether the entity has to stay awake: on duty, or owing.
    public boolean open() {
        return !(duty instanceof Off) || !debts.isEmpty();
    }

    /// What has become of a pressed answer.
    public AnswerOutcome answerOutcome(String callId) {
        if (duty.call().filter(c -> c.callId().equals(callId)).isPresent()) {
            return switch (duty) {
                case Connecting _ -> AnswerOutcome.PENDING;
                case Ringing _ -> AnswerOutcome.NONE;
                default -> AnswerOutcome.AGREED;
            };
        }
        return closed.reversed().stream()
                .filter(c -> c.callId().equals(callId))
                .findFirst()
                .map(Closed::answer)
                .orElse(AnswerOutcome.NONE);
    }

    /// The call that she asks now and then whether it still has her. It rings or talks here, and only
    /// a word of the call ends that; a node that did not know better may have confirmed the word. A
    /// call that she dials or answers hears from her anyway, for she owes it that.
    public Optional<Served> reliesOn() {
        return duty instanceof Ringing || duty instanceof InCall ? duty.call() : Optional.empty();
    }

    /// The call that her line serves.
    public Optional<String> serving() {
        return duty.serves() ? duty.call().map(Served::callId) : Optional.empty();
    }

    /// Whether a call may ring here now: on line, connected, with a standing line. A reservation is not looked at.
    boolean canRing() {
        return duty instanceof Idle && presence.connected() && presence.line().isPresent();
    }

    boolean isClosed(String token) {
        return closed.stream().anyMatch(c -> c.token().equals(token));
    }

    /// Whether a note stands between her and the end of wrap-up (AGT-009).
    boolean owesNote() {
        return notes.stream().anyMatch(n -> n.required() && n.saved().isEmpty());
    }

    List<Group> groups() {
        return profile.map(AgentProfile::groups).orElse(List.of());
    }

    /// The answer of a state to what it does not know.
    Decision<AgentEvent> invalid(AgentCommand command) {
        return refuse(
                "InvalidAgentState", command.getClass().getSimpleName() + " is not possible in " + duty.name() + ".");
    }

    AgentBuilder but() {
        return new AgentBuilder(this);
    }
}
