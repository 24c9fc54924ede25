package dev.ringmaster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.runtime.cluster.NodeConfig;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.CallUpdate;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.QueueBoard;
import dev.ringmaster.runtime.wire.QueueMessage;
import dev.ringmaster.runtime.wire.Reply;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.runtime.wire.TruthMessage;
import dev.ringmaster.spec.Spec;
import java.util.Set;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every message between nodes comes out of the wire as it went in, with the serializers that a node runs with.
class WireTest {
    private static final ActorTestKit ACTORS = ActorTestKit.create(
            NodeConfig.SYSTEM,
            new NodeConfig("test", "", Set.of("engine"))
                    .load(ConfigFactory.parseString(
                            "pekko.persistence.journal.plugin=pekko.persistence.journal.inmem")));
    private static final Serialization WIRE =
            SerializationExtension.get(ACTORS.system().classicSystem());

    @AfterAll
    static void end() {
        ACTORS.shutdownTestKit();
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CallMessage.class,
                AgentMessage.class,
                AgentMessage.LineHome.class,
                QueueMessage.class,
                SeatsMessage.class,
                TruthMessage.class,
                EdgeMessage.class,
                EdgeMessage.IAm.class,
                EdgeMessage.LineReply.class,
                Reply.class,
                AgentUpdate.class,
                CallUpdate.class,
                QueueBoard.class
            })
    @Spec("SYS-001")
    void every_message_survives_the_wire(Class<?> kind) {
        var samples = new Samples(ACTORS.createTestProbe().ref()).of(kind);
        assertThat(samples).isNotEmpty();
        for (var message : samples) {
            var serializer = WIRE.findSerializerFor(message);
            assertThat(serializer.getClass().getSimpleName()).isEqualTo("JacksonCborSerializer");
            var bytes = WIRE.serialize(message).get();
            var read = WIRE.deserialize(bytes, serializer.identifier(), Serializers.manifestFor(serializer, message))
                    .get();
            assertThat(read).isEqualTo(message);
        }
    }
}
