package dev.ringmaster.runtime.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NodeConfigTest {
    private static final Instant NINE = Instant.parse("2026-11-22T09:00:00Z");

    @Test
    void a_node_alone_listens_on_a_free_loopback_port_and_has_no_seeds() {
        var config = NodeConfig.single().load(ConfigFactory.empty());
        assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("127.0.0.1");
        assertThat(config.getInt("pekko.remote.artery.canonical.port")).isZero();
        assertThat(config.getStringList("pekko.cluster.seed-nodes")).isEmpty();
        assertThat(config.getStringList("pekko.cluster.roles")).containsExactly("api", "edge", "engine");
    }

    @Test
    void a_node_of_a_cluster_knows_its_place_and_its_seeds() {
        var config = new NodeConfig("three-node", "10.0.0.2:2551,10.0.0.1:2551, 10.0.0.2:2551", Set.of("engine"))
                .load(ConfigFactory.empty());
        assertThat(config.getString("pekko.remote.artery.canonical.hostname")).isEqualTo("10.0.0.2");
        assertThat(config.getInt("pekko.remote.artery.canonical.port")).isEqualTo(2551);
        assertThat(config.getStringList("pekko.cluster.seed-nodes"))
                .containsExactly("pekko://ringmaster@10.0.0.1:2551", "pekko://ringmaster@10.0.0.2:2551");
        assertThat(config.getInt("pekko.cluster.min-nr-of-members")).isEqualTo(1);
    }

    @Test
    void wrong_places_and_roles_are_refused_in_words() {
        assertThatThrownBy(() -> new NodeConfig("three-node", "nonsense", Set.of()).load(ConfigFactory.empty()))
                .hasMessageContaining("host:port");
        assertThatThrownBy(() -> new NodeConfig("three-node", "", Set.of("king")))
                .hasMessageContaining("king");
    }

    @Test
    void the_clock_is_judged_by_the_time_in_which_the_database_was_asked() {
        assertThat(NodeReadiness.apart(NINE, NINE.plusSeconds(1), NINE.plusMillis(500)))
                .isZero();
        assertThat(NodeReadiness.apart(NINE, NINE.plusMillis(5), NINE.minusMillis(600)))
                .isEqualTo(Duration.ofMillis(600));
        assertThat(NodeReadiness.apart(NINE, NINE.plusMillis(5), NINE.plusMillis(605)))
                .isEqualTo(Duration.ofMillis(600));
    }
}
