package dev.ringmaster.call;

import static dev.ringmaster.call.Histories.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.exchange.AgentToCall;
import dev.ringmaster.exchange.EndedBy;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.exchange.QueueToCall;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InboundTest {
    private static final Optional<Integer> NO_SURVEY = Optional.empty();

    @Test
    @Spec({"HOT-011", "HOT-019", "HOT-013", "HOT-020"})
    void a_customer_presses_1_waits_talks_and_hangs_up() {
        var c = arrived(MENU, NO_SURVEY);
        assertThat(c.plan().legs().getFirst().signal()).isEqualTo(new CallPlan.Signal.Answer());
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(1, List.of("welcome")));

        c.later(Duration.ofSeconds(2)).promptEnds();
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(2, List.of("menu")));
        c.later(Duration.ofSeconds(3)).key("1");
        assertThat(c.screen().phase()).isEqualTo("QUEUED");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Music("music/wait"));

        c.later(Duration.ofSeconds(7)).annAnswers();
        assertThat(c.screen().phase()).isEqualTo("TALKING");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Line());
        assertThat(c.plan().legs().getFirst().recording()).contains("c1-1");
        assertThat(c.plan().line().orElseThrow())
                .isEqualTo(new CallPlan.LinePart("ann", LINE, new CallPlan.Hears.Leg("leg1"), true));
        assertThat(c.owes()).containsExactly("left");

        c.later(Duration.ofSeconds(60)).leg(LegEnd.How.REMOTE_HUNG_UP, 0);
        assertThat(c.screen().endedBy()).contains(EndedBy.CALLER);
        assertThat(c.screen().result()).contains(CallResult.SUCCESS);
        assertThat(c.owes()).containsExactly("left", "ended");
        assertThat(c.phases()).containsExactly("ivr 5", "queue 7", "ring 4", "talk 60");
        assertThat(c.plan().legs()).isEmpty();
        c.confirm(c.call.owed().getFirst().key(), true).confirm("ended/t1", true);
        assertThat(c.call.open()).isFalse();
    }

    @Test
    @Spec("HOT-013")
    void the_card_carries_the_path_and_the_wait() {
        var c = arrived(MENU, NO_SURVEY).promptEnds().key("1").later(Duration.ofSeconds(12));
        c.does(new CallCommand.FromQueue(offer("t1", "ann")));
        var ring = (dev.ringmaster.exchange.CallToAgent.Ring)
                ((dev.ringmaster.exchange.Owed.ToAgent) c.call.owed().getFirst()).message();
        assertThat(ring.card().ivrPath()).containsExactly("Main menu", "1 Support");
        assertThat(ring.card().waited()).isEqualTo(Duration.ofSeconds(12));
        assertThat(ring.card().noteRequired()).isTrue();
        assertThat(ring.ringFor()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    @Spec("HOT-012")
    void a_wrong_key_twice_asks_again_and_the_third_takes_the_way_out() {
        var c = arrived(MENU, NO_SURVEY).promptEnds().key("5");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(3, List.of("wrong", "menu")));
        c.key("7");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(4, List.of("wrong", "menu")));
        c.key("0");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(5, List.of("bye")));
        c.later(Duration.ofSeconds(1)).promptEnds();
        assertThat(c.screen().endedBy()).contains(EndedBy.SYSTEM);
        assertThat(c.screen().result()).contains(CallResult.ABANDONED);
        assertThat(c.plan().legs().getFirst().signal()).isEqualTo(new CallPlan.Signal.Close());
    }

    @Test
    @Spec("HOT-012")
    void no_key_in_time_asks_again() {
        var c = arrived(MENU, NO_SURVEY).promptEnds();
        assertThat(c.call.deadline()).contains(c.now.plus(Ivr.LONGEST_PROMPT));
        c.later(Duration.ofSeconds(4)).promptEnds();
        assertThat(c.call.deadline()).contains(c.now.plusSeconds(5));
        c.due();
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(3, List.of("silence", "menu")));
    }

    @Test
    void the_late_end_of_an_older_prompt_is_void() {
        var c = arrived(MENU, NO_SURVEY).promptEnds().key("5");
        c.fact(new LegFact.PromptEnded(2, Duration.ofSeconds(1), false));
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(3, List.of("wrong", "menu")));
    }

    @Test
    void a_flow_that_goes_round_in_circles_or_nowhere_ends_the_call() {
        assertThat(arrived(CIRCLE, NO_SURVEY).screen().phase()).isEqualTo("ENDED");
        assertThat(arrived(new dev.ringmaster.ivr.FlowRef("none", 1), NO_SURVEY)
                        .screen()
                        .phase())
                .isEqualTo("ENDED");
    }

    @Test
    @Spec({"AGT-006", "HOT-014"})
    void an_offer_that_rings_out_leaves_the_caller_at_his_place() {
        var c = arrived(DIRECT, NO_SURVEY);
        c.later(Duration.ofSeconds(5)).does(new CallCommand.FromQueue(offer("t1", "ann")));
        c.confirm("ring/t1", true);
        assertThat(c.call.waiting(9).orElseThrow().notice().offered()).isTrue();
        c.later(Duration.ofSeconds(30)).fromAgent(new AgentToCall.Missed("c1", "t1", "ann", "noAnswer"));

        var notice = c.call.waiting(9).orElseThrow().notice();
        assertThat(notice.since()).isEqualTo(NINE);
        assertThat(notice.offered()).isFalse();
        assertThat(notice.passedOver()).containsExactly("ann");
        assertThat(c.phases()).containsExactly("queue 5", "ring 30", "queue 0");
        assertThat(c.call.owed()).isEmpty();
        assertThat(c.refused(new CallCommand.FromQueue(offer("t1", "ann")))).isEqualTo("TokenClosed");
        c.later(Duration.ofSeconds(2)).does(new CallCommand.FromQueue(offer("t2", "bob")));
        assertThat(c.screen().agentId()).contains("bob");
    }

    @Test
    void an_offer_that_nobody_confirms_or_ends_is_called_off() {
        var c = arrived(DIRECT, NO_SURVEY).does(new CallCommand.FromQueue(offer("t1", "ann")));
        assertThat(c.call.deadline()).contains(NINE.plusSeconds(3));
        c.due();
        assertThat(c.owes()).containsExactly("withdrawn");
        c.does(new CallCommand.FromQueue(offer("t2", "ann"))).confirm("ring/t2", true);
        assertThat(c.call.deadline()).contains(c.now.plusSeconds(35));
        c.due();
        assertThat(c.screen().phase()).isEqualTo("QUEUED");
        assertThat(c.refused(new CallCommand.FromAgent(answered("t2", "ann")))).isEqualTo("CallGone");
    }

    @Test
    void a_refused_ring_is_no_ring() {
        var c = arrived(DIRECT, NO_SURVEY).does(new CallCommand.FromQueue(offer("t1", "ann")));
        c.confirm("ring/t1", false);
        assertThat(c.call.owed()).isEmpty();
        assertThat(c.call.waiting(1).orElseThrow().notice().passedOver()).isEmpty();
        assertThat(c.phases()).containsExactly("queue 0");
    }

    @Test
    @Spec("HOT-014")
    void one_offer_at_a_time() {
        var c = arrived(DIRECT, NO_SURVEY).does(new CallCommand.FromQueue(offer("t1", "ann")));
        assertThat(c.refused(new CallCommand.FromQueue(offer("t2", "bob")))).isEqualTo("AlreadyOffered");
        assertThat(c.refused(new CallCommand.FromQueue(offer("t1", "ann")))).isEqualTo("accepted");
    }

    @Test
    void an_answer_that_overtakes_the_confirmation_of_the_ring_counts() {
        var c = arrived(DIRECT, NO_SURVEY).does(new CallCommand.FromQueue(offer("t1", "ann")));
        c.fromAgent(answered("t1", "ann"));
        assertThat(c.screen().phase()).isEqualTo("TALKING");
        assertThat(c.owes()).containsExactly("left");
    }

    @Test
    void a_caller_who_hangs_up_while_it_rings_calls_the_offer_off() {
        var c = arrived(DIRECT, NO_SURVEY).does(new CallCommand.FromQueue(offer("t1", "ann")));
        c.confirm("ring/t1", true).leg(LegEnd.How.REMOTE_HUNG_UP, 0);
        assertThat(c.owes()).containsExactlyInAnyOrder("left", "withdrawn");
        assertThat(c.screen().result()).contains(CallResult.ABANDONED);
        assertThat(c.refused(new CallCommand.FromAgent(answered("t1", "ann")))).isEqualTo("CallGone");
        assertThat(c.refused(new CallCommand.FromAgent(new AgentToCall.Missed("c1", "t1", "ann", "noAnswer"))))
                .isEqualTo("CallGone");
    }

    @Test
    @Spec("HOT-017")
    void nobody_on_duty_is_said_and_the_call_ends() {
        var c = arrived(DIRECT, NO_SURVEY);
        c.later(Duration.ofSeconds(1)).does(new CallCommand.FromQueue(new QueueToCall.NobodyOnDuty("support")));
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(1, List.of("nobody")));
        assertThat(c.call.waiting(1)).isEmpty();
        c.later(Duration.ofSeconds(4)).promptEnds();
        assertThat(c.screen().endedBy()).contains(EndedBy.SYSTEM);
        assertThat(c.phases()).containsExactly("queue 1", "announcement 4");
    }

    @Test
    @Spec("HOT-018")
    void after_the_agent_has_hung_up_the_customer_scores() {
        var c = arrived(DIRECT, Optional.of(3)).annAnswers().later(Duration.ofSeconds(10));
        c.does(new CallCommand.HangUp("ann"));
        assertThat(c.owes()).containsExactly("left", "ended");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(1, List.of("survey/ask")));
        assertThat(c.plan().line()).isEmpty();
        c.later(Duration.ofSeconds(2)).key("9");
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Prompt(2, List.of("survey/again")));
        c.later(Duration.ofSeconds(2)).key("1");
        assertThat(c.events).contains(new CallEvent.SurveyScored(1, c.now));
        c.later(Duration.ofSeconds(1)).promptEnds();
        assertThat(c.screen().endedBy()).contains(EndedBy.AGENT);
        assertThat(c.screen().result()).contains(CallResult.SUCCESS);
        assertThat(c.phases()).containsExactly("ring 4", "talk 10", "survey 5");
    }

    @Test
    @Spec("HOT-018")
    void a_survey_without_an_answer_ends_after_one_repeat() {
        var c = arrived(DIRECT, Optional.of(5)).annAnswers().does(new CallCommand.HangUp("ann"));
        c.promptEnds();
        assertThat(c.call.deadline()).contains(c.now.plusSeconds(5));
        c.due().promptEnds().due();
        assertThat(c.screen().phase()).isEqualTo("ENDED");
        assertThat(c.events).noneMatch(CallEvent.SurveyScored.class::isInstance);
    }

    @Test
    @Spec("HOT-018")
    void a_customer_who_hangs_up_first_is_not_asked() {
        var c = arrived(DIRECT, Optional.of(3)).annAnswers().leg(LegEnd.How.REMOTE_HUNG_UP, 0);
        assertThat(c.screen().phase()).isEqualTo("ENDED");
    }

    @Test
    @Spec("AGT-028")
    void without_a_survey_the_agents_hang_up_closes_both_legs() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers().does(new CallCommand.HangUp("ann"));
        assertThat(c.screen().endedBy()).contains(EndedBy.AGENT);
        assertThat(c.plan().legs().getFirst().signal()).isEqualTo(new CallPlan.Signal.Close());
        assertThat(c.call.open()).isTrue();
        c.leg(LegEnd.How.CLOSED, 0);
        assertThat(c.plan().legs()).isEmpty();
        c.does(new CallCommand.HangUp("ann")); // a repeat of the button
    }

    @Test
    @Spec("AGT-025")
    void on_hold_the_customer_hears_music_and_nothing_of_the_agent() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers().later(Duration.ofSeconds(10));
        c.does(new CallCommand.Hold("ann")).does(new CallCommand.Hold("ann"));
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Music("music/wait"));
        assertThat(c.plan().line().orElseThrow().heard()).isFalse();
        assertThat(c.plan().line().orElseThrow().hears()).isEqualTo(new CallPlan.Hears.Silence());
        c.later(Duration.ofSeconds(20)).does(new CallCommand.Resume("ann"));
        c.later(Duration.ofSeconds(5)).does(new CallCommand.Hold("ann"));
        c.later(Duration.ofSeconds(3)).leg(LegEnd.How.REMOTE_HUNG_UP, 0);
        assertThat(c.screen().held()).isEqualTo(Duration.ofSeconds(23));
        assertThat(c.phases()).containsExactly("ring 4", "talk 10", "hold 20", "talk 5", "hold 3");
    }

    @Test
    @Spec("AGT-027")
    void digits_are_sent_once_each_and_checked() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers();
        c.does(digits("d1", "42#")).does(digits("d1", "42#")).does(digits("d2", "7"));
        assertThat(c.plan().legs().getFirst().digits())
                .extracting(CallPlan.Digits::id)
                .containsExactly("d1", "d2");
        assertThat(c.refused(digits("d3", "4x"))).isEqualTo("InvalidArgument");
    }

    private static CallCommand digits(String id, String keys) {
        return new CallCommand.SendDigits("ann", id, new dev.ringmaster.base.Said(keys));
    }

    @Test
    void another_agents_buttons_do_nothing() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers();
        assertThat(c.refused(new CallCommand.HangUp("bob"))).isEqualTo("NotYourCall");
        assertThat(c.refused(new CallCommand.Mute("bob", true))).isEqualTo("NotYourCall");
        c.does(new CallCommand.Mute("ann", true));
        assertThat(c.plan().line().orElseThrow().heard()).isFalse();
        assertThat(c.screen().muted()).isTrue();
    }

    @Test
    @Spec("AGT-014")
    void her_voice_moves_to_another_line_and_meanwhile_the_customer_hears_music() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers();
        c.fromAgent(new AgentToCall.ServedBy("c1", "t1", "ann", 3, Optional.empty()));
        assertThat(c.hears()).isEqualTo(new CallPlan.Hears.Music("music/wait"));
        assertThat(c.plan().line()).isEmpty();
        var other = new LineRef("edge1#1", "line-2");
        c.fromAgent(new AgentToCall.ServedBy("c1", "t1", "ann", 4, Optional.of(other)));
        c.fromAgent(new AgentToCall.ServedBy("c1", "t1", "ann", 3, Optional.empty()));
        assertThat(c.plan().line().orElseThrow().line()).isEqualTo(other);
    }

    @Test
    void a_customer_whose_agent_is_lost_waits_again_at_his_old_place() {
        var c = arrived(DIRECT, NO_SURVEY).later(Duration.ofSeconds(5)).annAnswers();
        c.confirm(c.call.owed().getFirst().key(), true).later(Duration.ofSeconds(9));
        c.fromAgent(new AgentToCall.Lost("c1", "t1", "ann"));
        assertThat(c.call.waiting(1).orElseThrow().notice().since()).isEqualTo(NINE);
        assertThat(c.call.owed()).isEmpty();
        c.does(new CallCommand.FromQueue(offer("t2", "bob"))).fromAgent(answered("t2", "bob"));
        assertThat(c.plan().legs().getFirst().recording()).contains("c1-2");
        assertThat(c.phases()).containsExactly("queue 5", "ring 4", "talk 9", "talk 0");
    }

    @Test
    void audio_that_stops_is_noted_and_ends_nothing() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers();
        c.fact(new LegFact.MediaTimeout(Duration.ofSeconds(30)));
        assertThat(c.screen().phase()).isEqualTo("TALKING");
        assertThat(c.events).anyMatch(CallEvent.MediaLost.class::isInstance);
    }

    @Test
    void a_lost_edge_closes_the_call_and_the_successor_says_bye() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers();
        c.does(new CallCommand.EdgeLost("other#9", Optional.of("edge1#2")));
        assertThat(c.screen().phase()).isEqualTo("TALKING");
        c.does(new CallCommand.EdgeLost("edge1#1", Optional.of("edge1#2")));
        assertThat(c.screen().endedBy()).contains(EndedBy.SYSTEM);
        assertThat(c.screen().result()).contains(CallResult.CALL_LOSS);
        assertThat(c.owes()).containsExactly("left", "ended");
        var leg = c.plan().legs().getFirst();
        assertThat(leg.edge()).isEqualTo("edge1#2");
        assertThat(leg.signal()).isEqualTo(new CallPlan.Signal.Close());
        assertThat(leg.dialog()).contains(DIALOG);
        c.due();
        assertThat(c.plan().legs()).isEmpty();
    }

    @Test
    void facts_are_known_after_a_repeat_in_any_order_and_noted_also_after_the_end() {
        var c = arrived(DIRECT, NO_SURVEY).annAnswers();
        c.does(new CallCommand.Fact("leg1", 3, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0))));
        var before = c.events.size();
        c.does(new CallCommand.Fact("leg1", 3, new LegFact.Ended(new LegEnd(LegEnd.How.REMOTE_HUNG_UP, 0, 0))));
        assertThat(c.events).hasSize(before);
        c.does(new CallCommand.Fact("leg1", 1, new LegFact.Established(DIALOG)));
        c.does(new CallCommand.Fact("leg1", 4, new LegFact.Quality(100, 1, 3, 20)));
        c.does(new CallCommand.Fact("leg1", 4, new LegFact.Quality(100, 1, 3, 20)));
        c.does(new CallCommand.Fact(
                "leg1", 5, new LegFact.RecordingSealed("c1-1", "p1", Duration.ZERO, Duration.ofSeconds(9), 99)));
        assertThat(c.events.stream().filter(CallEvent.QualityNoted.class::isInstance))
                .hasSize(1);
        assertThat(c.events.getLast()).isInstanceOf(CallEvent.RecordingSealed.class);
        assertThat(c.refused(new CallCommand.Fact("leg9", 1, new LegFact.Progress(180, false))))
                .isEqualTo("UnknownLeg");
    }
}
