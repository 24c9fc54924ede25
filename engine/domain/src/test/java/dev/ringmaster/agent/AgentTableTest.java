package dev.ringmaster.agent;

import static dev.ringmaster.agent.Histories.*;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.Decision;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Spec 05, T1 to T19, as one table of all states and commands: the state afterwards, or the refusal. `+` marks a wish
/// that is noted or an agent who is held, `=` that nothing happens.
@Spec("AGT-001")
class AgentTableTest {
    private static final String TABLE = """
            command      OFF        IDLE        HELD        RINGING      CONNECTING IN_CALL    ACW            ACW_SAVED  BREAK      MISSED     DIALING
            startWork    IDLE       invalid     invalid     invalid      invalid    invalid    invalid        invalid    invalid    invalid    invalid
            break        invalid    BREAK       BREAK       RINGING+     IN_CALL+   IN_CALL+   ACW+           BREAK      invalid    invalid    invalid
            offWork      invalid    OFF         OFF         RINGING+     IN_CALL+   IN_CALL+   ACW+           OFF        OFF        OFF        invalid
            continue     invalid    invalid     invalid     invalid      invalid    invalid    WrapUpRequired IDLE       IDLE       IDLE       invalid
            answer       invalid    invalid     invalid     IN_CALL      =          =          =              =          invalid    invalid    invalid
            reject       invalid    invalid     invalid     CannotReject invalid    invalid    invalid        invalid    invalid    invalid    invalid
            dial         AgentOffDuty DIALING   DIALING     invalid      invalid    invalid    DIALING        DIALING    DIALING    DIALING    invalid
            forceOff     =          OFF         OFF         invalid      invalid    invalid    OFF            OFF        OFF        OFF        invalid
            steer        invalid    invalid     invalid     invalid      invalid    =          invalid        invalid    invalid    invalid    NotYourCall
            saveNote     NotYourCall NotYourCall NotYourCall NotYourCall NotYourCall IN_CALL   ACW            =          NotYourCall NotYourCall NotYourCall
            reserve      OFF        IDLE+       RESERVED    RINGING      IN_CALL    IN_CALL    ACW            ACW        BREAK      BREAK      DIALING
            release      =          =           IDLE        =            =          =          =              =          =          =          =
            ring         invalid    invalid     RINGING     =            =          =          TokenClosed    TokenClosed invalid   TokenClosed invalid
            withdrawn    =          =           IDLE        IDLE         IDLE       =          =              =          =          =          =
            ended        =          =           =           IDLE         ACW        ACW        =              =          =          =          =
            dialAnswered TokenClosed TokenClosed TokenClosed TokenClosed TokenClosed TokenClosed TokenClosed  TokenClosed TokenClosed TokenClosed IN_CALL
            dialFailed   =          =           =           =            =          =          =              =          =          =          IDLE
            dialEnded    =          =           =           =            =          =          =              =          =          =          ACW
            agreed       =          =           =           =            IN_CALL    =          =              =          =          =          =
            gone         =          =           =           =            IDLE       =          =              =          =          =          =
            missedGone   =          =           =           =            =          =          =              =          =          IDLE       =
            timer        =          =           =           =            =          =          =              =          =          =          =
            sessionLost  OFF        IDLE        IDLE        BREAK        IN_CALL    IN_CALL    ACW            ACW        BREAK      BREAK      DIALING
            lineLost     OFF        IDLE        IDLE        BREAK        IN_CALL    IN_CALL    ACW            ACW        BREAK      BREAK      DIALING
            newSession   OFF        IDLE        IDLE        TakeOverRequired TakeOverRequired TakeOverRequired ACW       ACW        BREAK      BREAK      TakeOverRequired
            reload       OFF        IDLE        IDLE        RINGING      IN_CALL    IN_CALL    ACW            ACW        BREAK      BREAK      DIALING
            doubted      =          IDLE        IDLE        RINGING      IN_CALL    IN_CALL    ACW            ACW        BREAK      BREAK      DIALING
            callUnknown  =          =           =           IDLE         IDLE       ACW        =              =          =          =          =
            oldFence     SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded SessionSuperseded
            """;

    private static final Map<String, Agent> STATES = new LinkedHashMap<>();

    static {
        STATES.put("OFF", LOGGED_IN);
        STATES.put("IDLE", IDLE);
        STATES.put("HELD", HELD);
        STATES.put("RINGING", RINGING);
        STATES.put("CONNECTING", CONNECTING);
        STATES.put("IN_CALL", IN_CALL);
        STATES.put("ACW", ACW);
        STATES.put("ACW_SAVED", ACW_SAVED);
        STATES.put("BREAK", BREAK);
        STATES.put("MISSED", MISSED);
        STATES.put("DIALING", DIALING);
    }

    private static final Map<String, AgentCommand> COMMANDS = Map.ofEntries(
            Map.entry("startWork", new AgentCommand.StartWork(1, "seat2")),
            Map.entry("break", new AgentCommand.TakeBreak(1, BreakReason.REST)),
            Map.entry("offWork", new AgentCommand.GoOffWork(1)),
            Map.entry("continue", new AgentCommand.ContinueWork(1)),
            Map.entry("answer", new AgentCommand.Answer(1, "c1")),
            Map.entry("reject", new AgentCommand.Reject(1, "c1")),
            Map.entry("dial", dial(1, "y")),
            Map.entry("forceOff", new AgentCommand.ForceOff("admin")),
            Map.entry("steer", new AgentCommand.Steer(1, "c1")),
            Map.entry("saveNote", new AgentCommand.SaveNote(1, "c1", "billing", "solved", WORDS)),
            Map.entry("reserve", queue(new QueueToAgent.Reserve("t2", "c2", "support", Duration.ofSeconds(2)))),
            Map.entry("release", queue(new QueueToAgent.Release("t1"))),
            Map.entry("ring", call(new CallToAgent.Ring("c1", "t1", Duration.ofSeconds(30), card("c1", true)))),
            Map.entry("withdrawn", call(new CallToAgent.Withdrawn("c1", "t1", "hungUp"))),
            Map.entry("ended", call(new CallToAgent.Ended("c1", "t1", EndedBy.CALLER, "SUCCESS"))),
            Map.entry("dialAnswered", call(new CallToAgent.DialAnswered("call-ann-x", "call-ann-x/dial"))),
            Map.entry("dialFailed", call(new CallToAgent.DialFailed("call-ann-x", "call-ann-x/dial", "BUSY"))),
            Map.entry(
                    "dialEnded",
                    call(new CallToAgent.Ended("call-ann-x", "call-ann-x/dial", EndedBy.CALLEE, "SUCCESS"))),
            Map.entry("agreed", new AgentCommand.Confirm(new Confirmation("answered/t1", true, null))),
            Map.entry("gone", new AgentCommand.Confirm(new Confirmation("answered/t1", false, "CallGone"))),
            Map.entry("missedGone", new AgentCommand.Confirm(new Confirmation("missed/t1", false, "CallGone"))),
            Map.entry("timer", new AgentCommand.DeadlinePassed()),
            Map.entry("sessionLost", new AgentCommand.SessionLost(1, false)),
            Map.entry("lineLost", new AgentCommand.LineLost(LINE)),
            Map.entry("newSession", session("s2", Optional.empty())),
            Map.entry("reload", session("s2", Optional.of("hash1"))),
            Map.entry("doubted", new AgentCommand.Doubted(new Doubt(Doubt.Kind.NOT_LIVE, "", "journal"))),
            Map.entry("callUnknown", new AgentCommand.CallHasNothing("c1", "t1")),
            Map.entry("oldFence", new AgentCommand.GoOffWork(0)));

    private static AgentCommand call(CallToAgent message) {
        return new AgentCommand.FromCall(message);
    }

    private static AgentCommand queue(QueueToAgent message) {
        return new AgentCommand.FromQueue(message);
    }

    private static AgentCommand session(String id, Optional<String> resumes) {
        return new AgentCommand.OpenSession(id, ANN, resumes, "hash2", false);
    }

    @TestFactory
    Stream<DynamicTest> every_state_and_every_command() {
        var lines = TABLE.lines().map(l -> List.of(l.split(" +", -1))).toList();
        var states = lines.getFirst();
        return lines.stream().skip(1).flatMap(row -> {
            assertThat(row).as("row %s", row.getFirst()).hasSameSizeAs(states);
            var tests = new ArrayList<DynamicTest>();
            for (var i = 1; i < row.size(); i++) {
                var state = states.get(i);
                var expected = row.get(i);
                tests.add(DynamicTest.dynamicTest(
                        row.getFirst() + " in " + state,
                        () -> assertThat(outcome(state, row.getFirst())).isEqualTo(expected)));
            }
            return tests.stream();
        });
    }

    @Test
    void the_table_names_every_command_and_every_duty() {
        var named = COMMANDS.values().stream().map(Object::getClass).collect(Collectors.toSet());
        var all = Stream.of(AgentCommand.class, AgentCommand.FromBrowser.class)
                .flatMap(c -> Stream.of(c.getPermittedSubclasses()))
                .filter(c -> !c.isInterface())
                .collect(Collectors.toSet());
        // Orthogonal to the table: they change no duty.
        all.remove(AgentCommand.LineOpened.class);
        all.remove(AgentCommand.CancelPending.class);
        all.remove(AgentCommand.SetAutoAnswer.class);
        assertThat(named).isEqualTo(all);

        var duties =
                STATES.values().stream().map(a -> (Object) a.duty().getClass()).collect(Collectors.toSet());
        assertThat(duties).containsExactlyInAnyOrder((Object[]) Duty.class.getPermittedSubclasses());
    }

    private static String outcome(String state, String command) {
        var agent = requireNonNull(STATES.get(state));
        return switch (agent.decide(requireNonNull(COMMANDS.get(command)), NINE)) {
            case Decision.Refused<AgentEvent>(var refusal) ->
                refusal.code().equals("InvalidAgentState") ? "invalid" : refusal.code();
            case Decision.Accepted<AgentEvent>(var events) -> {
                var next = after(agent, events);
                var wish = next.wish().isPresent()
                                || (command.equals("reserve")
                                        && next.reservation().isPresent())
                        ? "+"
                        : "";
                yield events.isEmpty() ? "=" : next.duty().name() + wish;
            }
        };
    }
}
