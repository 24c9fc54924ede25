package dev.ringmaster.runtime.truth;

import static dev.ringmaster.runtime.entity.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.runtime.cluster.NodeConfig;
import dev.ringmaster.runtime.entity.KeptPost;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.spec.Spec;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class WakerTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create(
            NodeConfig.SYSTEM,
            new NodeConfig("test", "", Set.of("engine"))
                    .load(ConfigFactory.parseString("pekko.serialization.jackson.jackson-modules=[]")));

    private final KeptPost post = new KeptPost();

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    @Test
    @Spec({"SYS-001", "AGT-013"})
    void whoever_is_open_is_woken_although_the_journal_could_not_be_read_at_first() {
        var looks = new AtomicInteger();
        var calls = IntStream.range(0, 250).mapToObj(i -> "call-" + i).collect(Collectors.toSet());
        OpenEntities entities = () -> looks.incrementAndGet() == 1
                ? CompletableFuture.failedFuture(new IllegalStateException("the database is starting"))
                : CompletableFuture.completedFuture(new OpenEntities.Open(calls, Set.of("alice"), Set.of("demo")));
        var waker = ACTORS.spawn(Waker.create(entities, post));

        eventually(() -> assertThat(post.all(CallMessage.WakeUp.class)).hasSize(250));
        eventually(() -> assertThat(post.all(AgentMessage.WakeUp.class)).hasSize(1));
        eventually(() -> assertThat(post.all(SeatsMessage.WakeUp.class)).hasSize(1));
        ACTORS.stop(waker);
    }
}
