package dev.ringmaster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ringmaster.spec.Spec;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A node as a process sees it.
class NodeTest {
    @Test
    void a_second_node_in_the_same_folder_is_refused_in_a_sentence() throws Exception {
        var node = RunningNode.node();
        assertThat(Files.readString(node.settings().data().resolve("ringmaster.pid"))
                        .strip())
                .isEqualTo("" + ProcessHandle.current().pid());
        assertThatThrownBy(() -> Node.start(
                        node.settings(),
                        false,
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)))
                .isInstanceOf(SettingsReader.BadSetting.class)
                .hasMessageContaining("RINGMASTER_DATA");
    }

    @Test
    @Spec("SYS-003")
    void a_node_that_its_cluster_removed_joins_again_and_its_telephone_goes_on() throws Exception {
        var node = RunningNode.node();
        var before = node.core();
        var edge = node.edge();

        before.system.terminate();

        var until = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (node.core() == before || !node.core().engine.readiness().ready()) {
            assertThat(System.nanoTime()).as("joined again in time").isLessThan(until);
            Thread.sleep(100);
        }
        assertThat(node.edge()).isEqualTo(edge);
        assertThat(RunningNode.get("/health/ready", "").status()).isEqualTo(200);
        var browser = Browser.hello(RunningNode.token("alice@demo.example"), Map.of("takeOver", true));
        assertThat(browser.next("snapshot").at("/agent/agentId").asText()).isEqualTo("usr_demo_alice");
        browser.close();
    }

    @Test
    @Spec("HOT-021")
    void the_journal_tells_the_time_line_of_an_agent_beside_a_running_node() throws Exception {
        var browser = Browser.hello(RunningNode.token("alice@demo.example"), Map.of("takeOver", true));
        browser.next("snapshot");
        browser.close();
        var told = new java.io.ByteArrayOutputStream();

        var status = Replay.run(
                RunningNode.node().settings(),
                List.of("agent", "usr_demo_alice"),
                new PrintStream(told, true, StandardCharsets.UTF_8));

        assertThat(status).isZero();
        assertThat(told.toString(StandardCharsets.UTF_8)).startsWith("1  SessionOpened[");
        assertThat(Replay.run(
                        RunningNode.node().settings(),
                        List.of("call", "call-nobody"),
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)))
                .isEqualTo(1);
    }
}
