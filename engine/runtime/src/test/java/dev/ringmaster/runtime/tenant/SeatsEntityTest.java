package dev.ringmaster.runtime.tenant;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.exchange.AgentToSeats;
import dev.ringmaster.exchange.Confirmation;
import dev.ringmaster.runtime.entity.KeptEdges;
import dev.ringmaster.runtime.entity.KeptPost;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.entity.TestTime;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.Debtor;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsEvent;
import java.util.Map;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.testkit.PersistenceTestKitSnapshotPlugin;
import org.apache.pekko.persistence.testkit.javadsl.EventSourcedBehaviorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SeatsEntityTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create(EventSourcedBehaviorTestKit.config()
            .withFallback(PersistenceTestKitSnapshotPlugin.config())
            .withFallback(ConfigFactory.parseString("pekko.actor.provider=local")));

    private final TestTime time = new TestTime();
    private final KeptPost post = new KeptPost();
    private final EventSourcedBehaviorTestKit<SeatsMessage, SeatsEvent, Seats> ledger =
            EventSourcedBehaviorTestKit.create(
                    ACTORS.system(),
                    SeatsEntity.create(
                            "demo",
                            ACTORS.<ClusterSharding.ShardCommand>createTestProbe()
                                    .ref(),
                            new Surroundings(post, new KeptEdges(), time.clock, time)),
                    EventSourcedBehaviorTestKit.disabledSerializationSettings());

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    private Reply hold(String token, String agentId) {
        return ledger.<Reply>runCommand(replyTo -> new SeatsMessage.Hold(token, agentId, 1, replyTo))
                .reply();
    }

    @Test
    @Spec("TEN-013")
    void the_only_seat_is_held_once_and_taken_until_it_is_freed() {
        assertThat(hold("s1", "alice")).isEqualTo(new Reply.Done(Map.of("seat", "s1"), 1));
        ledger.runCommand(new SeatsMessage.Debt(Debtor.agent("alice"), "taken", new AgentToSeats.Taken("s1", "alice")));
        assertThat(post.all(AgentMessage.Confirmed.class))
                .containsExactly(new AgentMessage.Confirmed(new Confirmation("taken", true, null)));

        assertThat(hold("s2", "bob"))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        no -> assertThat(no.refusal().code()).isEqualTo("NoHumanSeatFree"));
        ledger.runCommand(new SeatsMessage.Debt(Debtor.agent("alice"), "freed", new AgentToSeats.Freed("s1")));
        assertThat(hold("s3", "bob")).isInstanceOf(Reply.Done.class);
    }

    @Test
    void the_same_hold_again_holds_nothing_more() {
        hold("s1", "alice");
        assertThat(hold("s1", "alice")).isEqualTo(new Reply.Done(Map.of("seat", "s1"), 1));
    }

    @Test
    @Spec({"TEN-013", "SYS-008"})
    void a_hold_that_nobody_takes_lapses_also_after_a_restart() {
        hold("s1", "alice");
        ledger.restart();
        time.pass(Seats.HOLD_FOR);
        eventually(() -> assertThat(ledger.getState().inUse()).isZero());
    }
}
