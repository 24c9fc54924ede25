package dev.ringmaster.call;

import static dev.ringmaster.call.Histories.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutboundTest {
    @Test
    @Spec({"AGT-029", "HOT-019"})
    void a_dial_that_is_answered() {
        var c = dialled();
        assertThat(c.plan().legs().getFirst().signal())
                .isEqualTo(new CallPlan.Signal.Invite(
                        "loopback",
                        new PhoneNumber("13900005678"),
                        new PhoneNumber("057100000001"),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10)));
        assertThat(c.plan().line().orElseThrow().hears()).isEqualTo(new CallPlan.Hears.Silence());
        c.later(Duration.ofSeconds(2)).fact(new LegFact.Progress(180, false));
        assertThat(c.screen().progress()).contains("ringing");
        assertThat(c.plan().line().orElseThrow().hears())
                .isEqualTo(new CallPlan.Hears.Tone(CallPlan.Hears.Tone.Kind.RINGBACK));
        c.fact(new LegFact.Progress(183, true));
        assertThat(c.plan().line().orElseThrow().hears()).isEqualTo(new CallPlan.Hears.Leg("c1-1"));

        c.later(Duration.ofSeconds(6)).fact(new LegFact.Established(DIALOG));
        assertThat(c.owes()).containsExactly("dialAnswered");
        assertThat(c.plan().legs().getFirst().recording()).contains("c1-1");
        assertThat(c.screen().answeredAt()).contains(c.now);

        c.later(Duration.ofSeconds(30)).leg(LegEnd.How.REMOTE_HUNG_UP, 0);
        assertThat(c.screen().endedBy()).contains(EndedBy.CALLEE);
        assertThat(c.screen().result()).contains(CallResult.SUCCESS);
        assertThat(c.owes()).containsExactly("ended");
        assertThat(c.phases()).containsExactly("dial 8", "talk 30");
    }

    @Test
    @Spec("OBT-032")
    void a_dial_that_fails_tells_the_agent_why() {
        var c = dialled().later(Duration.ofSeconds(3)).leg(LegEnd.How.REFUSED, 486);
        assertThat(c.screen().result()).contains(CallResult.BUSY);
        assertThat(c.screen().endedBy()).contains(EndedBy.CALLEE);
        assertThat(c.owes()).containsExactly("dialFailed");
        assertThat(dialled().leg(LegEnd.How.RING_TIMEOUT, 0).screen().result()).contains(CallResult.NO_ANSWER);
        assertThat(dialled().leg(LegEnd.How.LOCALLY_REJECTED, 0).screen().result())
                .contains(CallResult.CALL_LOSS);
    }

    @Test
    void a_cancelled_dial_is_closed_also_when_the_callee_answers_meanwhile() {
        var c = dialled().does(new CallCommand.HangUp("ann"));
        assertThat(c.plan().legs().getFirst().signal()).isEqualTo(new CallPlan.Signal.Close());
        assertThat(c.screen().endedBy()).contains(EndedBy.AGENT);
        c.fact(new LegFact.Established(DIALOG));
        assertThat(c.plan().legs().getFirst().dialog()).contains(DIALOG);
        assertThat(c.owes()).containsExactly("dialFailed");
        c.leg(LegEnd.How.CLOSED, 0);
        assertThat(c.call.deadline()).isEmpty();
    }

    @Test
    void a_repeated_dial_finds_the_call() {
        var c = dialled();
        var before = c.events.size();
        c.does(dial("c1"));
        assertThat(c.events).hasSize(before);
        c.leg(LegEnd.How.REFUSED, 486).does(dial("c1"));
        assertThat(c.screen().phase()).isEqualTo("ENDED");
    }

    @Test
    void an_edge_that_dies_before_the_answer_is_call_loss_and_there_is_no_second_invite() {
        var c = dialled().does(new CallCommand.EdgeLost("edge1#1", Optional.of("edge1#2")));
        assertThat(c.screen().result()).contains(CallResult.CALL_LOSS);
        assertThat(c.plan().legs()).isEmpty();
        assertThat(c.owes()).containsExactly("dialFailed");
    }

    @Test
    void an_edge_that_never_says_anything_is_given_up() {
        var c = dialled().due();
        assertThat(c.screen().result()).contains(CallResult.CALL_LOSS);
        assertThat(Duration.between(NINE, c.now)).isEqualTo(Duration.ofSeconds(102));
    }

    @Test
    void a_callee_who_answers_while_her_line_is_down_hears_music_until_it_is_back() {
        var c = dialled().fromAgent(new AgentToCall.ServedBy("c1", "dial1", "ann", 2, Optional.empty()));
        c.fact(new LegFact.Established(DIALOG));
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Music(Prompts.HOLD_MUSIC));
        c.fromAgent(new AgentToCall.ServedBy("c1", "dial1", "ann", 3, Optional.of(LINE)));
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Line());
    }

    @Test
    void a_callee_for_whom_nobody_listens_any_more_is_let_go() {
        var c = dialled().fact(new LegFact.Established(DIALOG)).confirm("dialAnswered/dial1", false);
        assertThat(c.screen().phase()).isEqualTo("ENDED");
        var lost = dialled().fact(new LegFact.Established(DIALOG));
        lost.fromAgent(new AgentToCall.Lost("c1", "dial1", "ann"));
        assertThat(lost.screen().endedBy()).contains(EndedBy.SYSTEM);
    }
}
