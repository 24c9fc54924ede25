package dev.ringmaster.agent;

import static dev.ringmaster.agent.Histories.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.agent.AgentEvent.*;
import dev.ringmaster.base.Said;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.CallToAgent;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.Owed;
import dev.ringmaster.exchange.QueueToAgent;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AgentTest {
    private static final AgentCommand TIMER = new AgentCommand.DeadlinePassed();

    @Test
    @Spec({"AGT-002", "AGT-005"})
    void after_login_she_is_off_duty_and_cannot_dial() {
        assertThat(LOGGED_IN.screen().state()).isEqualTo("OFF");
        assertThat(LOGGED_IN.screen().actions()).containsExactly("startWork");
        assertThat(LOGGED_IN.queueNotices(1)).noneMatch(n -> n.notice().free());
        assertThat(refusal(LOGGED_IN, dial(1, "x"), NINE)).isEqualTo("AgentOffDuty");
    }

    @Test
    @Spec("AGT-003")
    void without_a_skill_group_there_is_no_duty() {
        var groupless = new AgentProfile("demo", "Ann", List.of());
        var agent = after(Agent.unborn("ann"), new SessionOpened(1, "s1", groupless, "h", false, NINE));
        assertThat(refusal(agent, new AgentCommand.StartWork(1, "seat1"), NINE)).isEqualTo("NoSkillGroup");
        assertThat(agent.screen().actions()).isEmpty();
    }

    @Test
    @Spec("TEN-013")
    void work_takes_a_seat_and_its_end_frees_it() {
        assertThat(keys(IDLE)).containsExactly("seatTaken/seat1");
        assertThat(keys(does(IDLE, new AgentCommand.GoOffWork(1), NINE))).containsExactly("seatFreed/seat1");
        var refused = does(IDLE, confirm("seatTaken/seat1", false), NINE);
        assertThat(refused.screen().state()).isEqualTo("OFF");
        assertThat(refused.screen().cause()).isEqualTo("noSeat");
    }

    @Test
    @Spec("AGT-006")
    void thirty_seconds_without_an_answer_are_a_break_and_the_call_is_told() {
        assertThat(accepted(RINGING, TIMER, NINE.plusMillis(29_999))).isEmpty();
        var missed = does(RINGING, TIMER, NINE.plusSeconds(30));
        assertThat(missed.screen().state()).isEqualTo("BREAK");
        assertThat(missed.screen().cause()).isEqualTo("noAnswer");
        assertThat(missed.screen().notice().orElseThrow().code()).isEqualTo("OfferMissed");
        assertThat(missed.owed())
                .contains(new Owed.ToCall("missed/t1", "c1", new AgentToCall.Missed("c1", "t1", "ann", "noAnswer")));
        assertThat(keys(does(missed, confirm("missed/t1", true), NINE))).doesNotContain("missed/t1");
    }

    @Test
    @Spec("AGT-006")
    void a_missed_call_that_had_ended_before_was_not_her_fault_if_she_is_still_in_that_break() {
        var voided = does(MISSED, confirm("missed/t1", false), NINE.plusSeconds(1));
        assertThat(voided.screen().state()).isEqualTo("IDLE");
        var working = does(MISSED, new AgentCommand.ContinueWork(1), NINE);
        var resting = does(working, new AgentCommand.TakeBreak(1, BreakReason.MEAL), NINE);
        var later = does(resting, confirm("missed/t1", false), NINE);
        assertThat(later.screen().reason()).contains(BreakReason.MEAL);
        assertThat(later.screen().state()).isEqualTo("BREAK");
    }

    @Test
    @Spec({"SYS-001", "HOT-014"})
    void a_call_that_says_it_has_nothing_for_her_rings_and_talks_no_longer() {
        assertThat(RINGING.reliesOn()).map(Served::token).contains("t1");
        assertThat(IN_CALL.reliesOn()).map(Served::token).contains("t1");
        assertThat(Stream.of(LOGGED_IN, IDLE, HELD, CONNECTING, DIALING, ACW, BREAK, MISSED)
                        .map(Agent::reliesOn))
                .allMatch(Optional::isEmpty);

        assertThat(accepted(RINGING, new AgentCommand.CallHasNothing("c1", "t1"), NINE))
                .containsExactly(
                        new TruthHealed("RING_UNKNOWN", "t1", "c1", "offerWithdrawn", NINE),
                        new OfferWithdrawn("c1", "t1", "unknown", NINE));
        assertThat(accepted(RINGING, new AgentCommand.CallHasNothing("c1", "t0"), NINE))
                .isEmpty();
        assertThat(accepted(RINGING, new AgentCommand.CallHasNothing("c0", "t1"), NINE))
                .isEmpty();
    }

    @Test
    @Spec("AGT-007")
    void she_cannot_reject() {
        assertThat(refusal(RINGING, new AgentCommand.Reject(1, "c1"), NINE)).isEqualTo("CannotReject");
        assertThat(RINGING.screen().actions()).contains("answer").doesNotContain("reject");
    }

    @Test
    void an_answer_is_pending_until_the_call_agrees_or_is_gone() {
        var connecting = does(RINGING, new AgentCommand.Answer(1, "c1"), NINE);
        assertThat(connecting.answerOutcome("c1")).isEqualTo(AnswerOutcome.PENDING);
        assertThat(connecting.screen().sub()).contains("connecting");
        assertThat(connecting.linePlan(1).orElseThrow().callId()).contains("c1");
        assertThat(connecting.owed())
                .contains(
                        new Owed.ToCall("answered/t1", "c1", new AgentToCall.Answered("c1", "t1", "ann", "Ann", LINE)));

        var agreed = does(connecting, confirm("answered/t1", true), NINE);
        assertThat(agreed.answerOutcome("c1")).isEqualTo(AnswerOutcome.AGREED);
        assertThat(agreed.screen().sub()).contains("talking");

        var gone = does(connecting, confirm("answered/t1", false), NINE.plusSeconds(1));
        assertThat(gone.answerOutcome("c1")).isEqualTo(AnswerOutcome.GONE);
        assertThat(gone.screen().state()).isEqualTo("IDLE");
        assertThat(gone.screen().since()).isEqualTo(NINE);
        assertThat(gone.screen().note()).isEmpty();
        assertThat(refusal(gone, new AgentCommand.Answer(1, "c1"), NINE)).isEqualTo("CallGone");
    }

    @Test
    @Spec("AGT-024")
    void auto_answer_answers_with_a_beep() {
        var auto = does(HELD, new AgentCommand.SetAutoAnswer(1, true), NINE);
        var answered = does(
                auto,
                new AgentCommand.FromCall(new CallToAgent.Ring("c1", "t1", Duration.ofSeconds(30), card("c1", true))),
                NINE);
        assertThat(answered.screen().state()).isEqualTo("IN_CALL");
        assertThat(answered.linePlan(1).orElseThrow().alert()).isTrue();
    }

    @Test
    @Spec({"AGT-008", "AGT-009"})
    void wrap_up_begins_by_itself_and_ends_with_a_saved_note() {
        var over = new AgentCommand.FromCall(new CallToAgent.Ended("c1", "t1", EndedBy.CALLER, "SUCCESS"));
        var acw = does(IN_CALL, over, NINE);
        assertThat(acw.screen().state()).isEqualTo("ACW");
        assertThat(acw.screen().note().orElseThrow().required()).isTrue();
        assertThat(acw.queueNotices(1)).noneMatch(n -> n.notice().free());
        assertThat(refusal(acw, new AgentCommand.ContinueWork(1), NINE)).isEqualTo("WrapUpRequired");

        assertThat(refusal(acw, new AgentCommand.SaveNote(1, "c1", "", "b", WORDS), NINE))
                .isEqualTo("InvalidArgument");
        var tooLong = new Said("x".repeat(1001));
        assertThat(refusal(acw, new AgentCommand.SaveNote(1, "c1", "a", "b", tooLong), NINE))
                .isEqualTo("InvalidArgument");
        var saved = does(acw, new AgentCommand.SaveNote(1, "c1", "a", "b", WORDS), NINE);
        assertThat(saved.screen().actions()).contains("continueWork");
        assertThat(does(saved, new AgentCommand.ContinueWork(1), NINE).screen().state())
                .isEqualTo("IDLE");
    }

    @Test
    @Spec("AGT-009")
    void a_note_written_during_the_call_counts() {
        var written = does(IN_CALL, new AgentCommand.SaveNote(1, "c1", "a", "b", WORDS), NINE);
        var acw = after(written, new CallFinished("c1", "t1", EndedBy.AGENT, "SUCCESS", NINE));
        assertThat(does(acw, new AgentCommand.ContinueWork(1), NINE).screen().state())
                .isEqualTo("IDLE");
    }

    @Test
    @Spec("AGT-001")
    void a_wish_during_a_call_is_carried_out_when_wrap_up_ends() {
        var wish = does(IN_CALL, new AgentCommand.TakeBreak(1, BreakReason.MEAL), NINE);
        assertThat(wish.screen().pending()).contains(new Wish(false, Optional.of(BreakReason.MEAL)));
        var acw = after(wish, new CallFinished("c1", "t1", EndedBy.AGENT, "SUCCESS", NINE));
        var saved = does(acw, new AgentCommand.SaveNote(1, "c1", "a", "b", WORDS), NINE);
        var resting = does(saved, new AgentCommand.ContinueWork(1), NINE);
        assertThat(resting.screen().state()).isEqualTo("BREAK");
        assertThat(resting.screen().reason()).contains(BreakReason.MEAL);
        assertThat(resting.screen().pending()).isEmpty();

        var dropped = does(wish, new AgentCommand.CancelPending(1), NINE);
        assertThat(dropped.screen().pending()).isEmpty();
    }

    @Test
    @Spec("AGT-001")
    void a_wish_while_it_rings_is_carried_out_at_once_when_the_caller_hangs_up() {
        var wish = does(RINGING, new AgentCommand.GoOffWork(1), NINE);
        var gone = does(wish, new AgentCommand.FromCall(new CallToAgent.Withdrawn("c1", "t1", "hungUp")), NINE);
        assertThat(gone.screen().state()).isEqualTo("OFF");
    }

    @Test
    @Spec("AGT-001")
    void a_call_back_from_wrap_up_keeps_the_first_note_open() {
        var dialing = does(ACW, dial(1, "x"), NINE);
        assertThat(dialing.screen().state()).isEqualTo("DIALING");
        var failed = after(dialing, new DialFailed("call-ann-x", "call-ann-x/dial", "BUSY", NINE));
        assertThat(failed.screen().state()).isEqualTo("ACW");
        assertThat(failed.screen().notice().orElseThrow().detail()).isEqualTo("BUSY");

        var talked = after(
                dialing,
                new DialAnswered("call-ann-x", "call-ann-x/dial", NINE),
                new CallFinished("call-ann-x", "call-ann-x/dial", EndedBy.AGENT, "SUCCESS", NINE));
        assertThat(talked.screen().state()).isEqualTo("ACW");
        assertThat(refusal(talked, new AgentCommand.ContinueWork(1), NINE)).isEqualTo("WrapUpRequired");
        var saved = does(talked, new AgentCommand.SaveNote(1, "c1", "a", "b", WORDS), NINE);
        assertThat(does(saved, new AgentCommand.ContinueWork(1), NINE).screen().state())
                .isEqualTo("IDLE");
    }

    @Test
    @Spec("AGT-004")
    void in_a_break_she_gets_no_calls_and_can_dial() {
        assertThat(BREAK.queueNotices(1)).noneMatch(n -> n.notice().free());
        var dialing = does(BREAK, dial(1, "x"), NINE);
        assertThat(dialing.screen().state()).isEqualTo("DIALING");
        assertThat(dialing.owed().getLast()).isInstanceOf(Owed.ToCall.class);
        var failed = after(dialing, new DialFailed("call-ann-x", "call-ann-x/dial", "BUSY", NINE));
        assertThat(failed.screen().reason()).contains(BreakReason.MEAL);
        assertThat(accepted(failed, dial(1, "x"), NINE))
                .as("a repeat of the same dial")
                .isEmpty();
    }

    @Test
    void a_reservation_is_hidden_from_the_page_and_lapses_by_itself() {
        assertThat(HELD.screen()).isEqualTo(IDLE.screen());
        assertThat(HELD.queueNotices(1))
                .allMatch(n -> !n.notice().free() && n.notice().reserved());
        assertThat(HELD.deadline()).contains(NINE.plusSeconds(2));
        var lapsed = does(HELD, TIMER, NINE.plusSeconds(2));
        assertThat(lapsed.queueNotices(1)).allMatch(n -> n.notice().free());
        var ring =
                new AgentCommand.FromCall(new CallToAgent.Ring("c1", "t1", Duration.ofSeconds(30), card("c1", true)));
        assertThat(refusal(lapsed, ring, NINE)).isEqualTo("TokenClosed");
        assertThat(refusal(HELD, ring, NINE.plusSeconds(2)))
                .as("lapsed, timer late")
                .isNotEqualTo("accepted");
        var again = new AgentCommand.FromQueue(new QueueToAgent.Reserve("t1", "c1", "support", Duration.ofSeconds(2)));
        assertThat(refusal(lapsed, again, NINE)).isEqualTo("IDLE");
    }

    @Test
    @Spec("AGT-001")
    void a_lost_session_ends_offers_at_once_and_her_duty_after_a_minute() {
        var lost = does(IDLE, new AgentCommand.SessionLost(1, false), NINE);
        assertThat(lost.queueNotices(1)).noneMatch(n -> n.notice().free());
        assertThat(lost.deadline()).contains(NINE.plusSeconds(60));
        var off = does(lost, TIMER, NINE.plusSeconds(60));
        assertThat(off.screen().state()).isEqualTo("OFF");
        assertThat(off.screen().cause()).isEqualTo("lost");
        var back = does(lost, session("s2", Optional.of("hash1"), false), NINE.plusSeconds(30));
        assertThat(back.deadline()).isEmpty();
        assertThat(back.queueNotices(1)).allMatch(n -> n.notice().free());
    }

    @Test
    @Spec("AGT-013")
    void a_line_that_went_with_its_edge_is_not_her_fault_it_rings_on() {
        var lost = does(RINGING, new AgentCommand.LineLost(LINE, true), NINE.plusSeconds(3));
        assertThat(lost.screen().state()).isEqualTo("RINGING");
        assertThat(lost.presence().line()).isEmpty();
        assertThat(lost.deadline()).isEqualTo(RINGING.deadline());
    }

    @Test
    @Spec("AGT-001")
    void a_lost_line_while_it_rings_sends_the_call_on() {
        var lost = does(RINGING, new AgentCommand.LineLost(LINE), NINE.plusSeconds(3));
        assertThat(lost.screen().state()).isEqualTo("BREAK");
        assertThat(lost.screen().cause()).isEqualTo("lost");
        assertThat(keys(lost)).contains("missed/t1");
    }

    @Test
    void in_a_call_only_the_loss_of_both_session_and_line_counts() {
        var session = does(IN_CALL, new AgentCommand.SessionLost(1, false), NINE);
        assertThat(session.deadline()).isEmpty();
        var both = does(session, new AgentCommand.LineLost(LINE), NINE.plusSeconds(5));
        assertThat(both.deadline()).contains(NINE.plusSeconds(65));
        var gone = does(both, TIMER, NINE.plusSeconds(65));
        assertThat(gone.screen().state()).isEqualTo("OFF");
        assertThat(keys(gone)).contains("lost/t1", "seatFreed/seat1");
        assertThat(gone.screen().note().orElseThrow().callId()).isEqualTo("c1");
    }

    @Test
    @Spec({"AGT-012", "AGT-014"})
    void a_reload_in_a_call_takes_the_next_fence_unasked_and_moves_the_voice() {
        var reloaded = does(IN_CALL, session("s2", Optional.of("hash1"), false), NINE);
        assertThat(reloaded.fence()).isEqualTo(2);
        assertThat(reloaded.screen().state()).isEqualTo("IN_CALL");
        assertThat(reloaded.linePlan(1).orElseThrow().line())
                .as("the old line may still stand")
                .isEqualTo(LINE);
        assertThat(refusal(reloaded, new AgentCommand.Steer(1, "c1"), NINE)).isEqualTo("SessionSuperseded");
        assertThat(refusal(reloaded, new AgentCommand.LineOpened(1, OTHER_LINE), NINE))
                .isEqualTo("SessionSuperseded");

        var moved = does(reloaded, new AgentCommand.LineOpened(2, OTHER_LINE), NINE);
        assertThat(moved.owed())
                .contains(new Owed.ToCall(
                        "served/t1/2", "c1", new AgentToCall.ServedBy("c1", "t1", "ann", 2, Optional.of(OTHER_LINE))));
    }

    @Test
    @Spec("AGT-012")
    void another_browser_must_confirm_during_a_call_and_closes_the_old_line() {
        assertThat(refusal(IN_CALL, session("s2", Optional.empty(), false), NINE))
                .isEqualTo("TakeOverRequired");
        var taken = does(IN_CALL, session("s2", Optional.empty(), true), NINE);
        var plan = taken.linePlan(1).orElseThrow();
        assertThat(plan.keep()).isFalse();
        assertThat(plan.fence()).isEqualTo(2);
        assertThat(keys(taken)).contains("served/t1/2");
        assertThat(does(taken, new AgentCommand.LineLost(LINE), NINE).linePlan(1))
                .isEmpty();

        var idle = does(IDLE, session("s2", Optional.empty(), false), NINE);
        assertThat(idle.fence()).as("without a call the newest wins unasked").isEqualTo(2);
    }

    @Test
    void a_resume_token_whose_successor_never_arrived_still_counts() {
        var first = does(IN_CALL, session("s2", Optional.of("hash1"), false), NINE);
        assertThat(refusal(first, session("s3", Optional.of("hash1"), false), NINE))
                .isEqualTo("accepted");
        var taken = does(IN_CALL, session("s2", Optional.empty(), true), NINE);
        var there = does(taken, new AgentCommand.LineOpened(2, OTHER_LINE), NINE);
        assertThat(refusal(there, session("s3", Optional.of("hash1"), false), NINE))
                .as("but not against another browser")
                .isEqualTo("TakeOverRequired");
    }

    @Test
    void groups_she_has_left_are_told_that_she_is_gone() {
        var sales = new AgentProfile("demo", "Ann", List.of(new AgentProfile.Group("sales", "Sales")));
        var moved = after(IDLE, new SessionOpened(2, "s2", sales, "h", true, NINE));
        assertThat(moved.queueNotices(9))
                .extracting(n -> n.groupId() + " " + n.notice().state())
                .containsExactly("sales IDLE", "support OFF");
    }

    @Test
    void a_dial_for_which_she_no_longer_listens_is_refused() {
        var both = does(
                does(DIALING, new AgentCommand.SessionLost(1, false), NINE), new AgentCommand.LineLost(LINE), NINE);
        var gone = does(both, TIMER, NINE.plusSeconds(60));
        assertThat(keys(gone)).contains("lost/call-ann-x/dial").doesNotContain("dial/call-ann-x");
        var answered = new AgentCommand.FromCall(new CallToAgent.DialAnswered("call-ann-x", "call-ann-x/dial"));
        assertThat(refusal(gone, answered, NINE)).isEqualTo("TokenClosed");
    }

    private static AgentCommand session(String id, Optional<String> resumes, boolean takeOver) {
        return new AgentCommand.OpenSession(id, ANN, resumes, "hash-" + id, takeOver);
    }

    private static AgentCommand confirm(String key, boolean agreed) {
        return new AgentCommand.Confirm(new Confirmation(key, agreed, agreed ? null : "Refused"));
    }

    private static List<String> keys(Agent agent) {
        return agent.owed().stream().map(Owed::key).toList();
    }
}
