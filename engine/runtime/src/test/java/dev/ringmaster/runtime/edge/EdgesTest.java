package dev.ringmaster.runtime.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.runtime.entity.Surroundings.Fate;
import dev.ringmaster.runtime.entity.TestTime;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.spec.Spec;
import java.time.Duration;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class EdgesTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create();

    private final TestTime time = new TestTime();
    private final Edges edges = new Edges(time);
    private final ActorRef<EdgeMessage> actor =
            ACTORS.<EdgeMessage>createTestProbe().ref();

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    @Test
    void an_edge_that_nobody_has_seen_is_lost_after_ten_seconds() {
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.UNSEEN);
        time.passSilently(Duration.ofSeconds(9));
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.UNSEEN);
        time.passSilently(Duration.ofSeconds(1));
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.LOST);
    }

    @Test
    @Spec("SYS-001")
    void an_older_process_of_the_same_name_is_lost_at_once_and_the_new_one_says_its_last_words() {
        edges.seen("edge1#2000", actor);
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.LOST);
        assertThat(edges.fate("edge1#2000")).isEqualTo(Fate.LIVES);
        assertThat(edges.successor("edge1#1000")).contains("edge1#2000");
    }

    @Test
    void an_edge_whose_actor_starts_again_in_the_same_process_was_never_lost() {
        edges.seen("edge1#1000", actor);
        edges.unseen("edge1#1000");
        time.passSilently(Duration.ofSeconds(5));
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.UNSEEN);
        edges.seen("edge1#1000", actor);
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.LIVES);
    }

    @Test
    void an_edge_whose_node_was_removed_is_lost_at_once() {
        edges.seen("edge1#1000", actor);
        edges.seen("edge2#1000", actor);
        edges.lost("edge1#1000");
        assertThat(edges.fate("edge1#1000")).isEqualTo(Fate.LOST);
        assertThat(edges.successor("edge1#1000")).contains("edge2#1000");
    }
}
