package dev.ringmaster.persistence.tenant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ringmaster.ivr.FlowRef;
import dev.ringmaster.ivr.IvrFlow;
import dev.ringmaster.persistence.database.TestDatabase;
import dev.ringmaster.spec.Spec;
import dev.ringmaster.tenant.CallerNumber;
import dev.ringmaster.tenant.NumberRoute;
import dev.ringmaster.tenant.Trunk;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reference data and the engine's view of it.
class DirectoryTest {
    private final TestDatabase database = TestDatabase.create();
    private final Clock clock = Clock.systemUTC();
    private final Instances instances = new Instances(database.source(), clock);
    private final People people = new People(database.source(), clock);
    private final Groups groups = new Groups(database.source(), clock);
    private final Trunks trunks = new Trunks(database.source(), clock);
    private final Flows flows = new Flows(database.source(), clock);
    private final Numbers numbers = new Numbers(database.source(), clock);
    private final AuditTrail audit = new AuditTrail(database.source());
    private final PostgresDirectory directory = new PostgresDirectory(database.source(), trunks, flows);

    @BeforeEach
    void two_instances() {
        for (var id : List.of("one", "two")) {
            instances.save(new Instance(id, id, "Instance " + id, ZoneId.of("Asia/Shanghai"), 20, 50), "test");
            people.save(person("ann-" + id, id), "test");
            groups.save(new Group("support-" + id, id, "客服组", "Support"), "test");
            groups.save(new Group("sales-" + id, id, "销售组", "Sales"), "test");
            trunks.save(trunk("line-" + id, id, 100), "test");
            groups.setMembers(id, "support-" + id, Set.of("ann-" + id), "test");
        }
    }

    @AfterEach
    void close() {
        directory.close();
        database.close();
    }

    @Test
    @Spec({"TEN-038", "HOT-011"})
    void a_number_leads_to_the_newest_version_of_its_flow_on_its_own_line_only() {
        publish("one", flow("main", "welcome"));
        numbers.save(number("4001", "one", Optional.of("main"), false, Optional.empty()), "test");
        assertThat(get(directory.route("line-one", "4001")))
                .contains(new NumberRoute("one", "4001", "line-one", new FlowRef("main", 1), Optional.of(3)));
        assertThat(get(directory.route("line-two", "4001"))).isEmpty();
        assertThat(get(directory.route("line-one", "9999"))).isEmpty();

        publish("one", flow("main", "welcome2"));
        eventually(() -> assertThat(get(directory.route("line-one", "4001")))
                .map(NumberRoute::flow)
                .contains(new FlowRef("main", 2)));
        assertThat(get(directory.flow(new FlowRef("main", 1)))).isPresent();
    }

    @Test
    @Spec("AGT-032")
    void callers_are_the_outbound_numbers_open_to_her_groups_last_used_first() {
        numbers.save(number("0571001", "one", Optional.empty(), true, Optional.empty()), "test");
        numbers.save(number("0571002", "one", Optional.empty(), true, Optional.of(Set.of("sales-one"))), "test");
        numbers.save(number("0571003", "one", Optional.empty(), true, Optional.of(Set.of("support-one"))), "test");
        numbers.save(number("0571004", "one", Optional.empty(), false, Optional.empty()), "test");
        numbers.save(number("0571005", "two", Optional.empty(), true, Optional.empty()), "test");
        people.saveSettings("one", "ann-one", new Person.Settings(true, Optional.of("0571003")));

        assertThat(get(directory.callers("one", "ann-one")))
                .extracting(CallerNumber::number)
                .containsExactly("0571003", "0571001");
        assertThat(get(directory.callers("two", "ann-one"))).isEmpty();
        groups.setMembers("one", "support-one", Set.of(), "test");
        eventually(() -> assertThat(get(directory.callers("one", "ann-one"))).isEmpty());
    }

    @Test
    @Spec({"TEN-031", "TEN-036"})
    void a_line_counts_its_changes_and_an_equal_one_is_none() {
        assertThat(trunks.save(trunk("line-one", "one", 100), "test").version()).isEqualTo(1);
        assertThat(trunks.save(trunk("line-one", "one", 50), "test").version()).isEqualTo(2);
        eventually(() ->
                assertThat(get(directory.trunks())).extracting(Trunk::maxCalls).containsExactly(50, 100));
        // Another instance cannot take it over.
        trunks.save(trunk("line-one", "two", 1), "test");
        assertThat(trunks.all())
                .filteredOn(t -> t.trunkId().equals("line-one"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.instanceId()).isEqualTo("one");
                    assertThat(line.maxCalls()).isEqualTo(50);
                });
    }

    @Test
    void every_change_leaves_an_audit_entry_and_a_repeat_leaves_none() {
        var before = audit.newest("one", 100).size();
        people.save(person("ann-one", "one"), "someone");
        groups.save(new Group("support-one", "one", "客服组", "Support"), "someone");
        groups.setMembers("one", "support-one", Set.of("ann-one"), "someone");
        instances.save(instances.byId("one").orElseThrow(), "someone");
        assertThat(audit.newest("one", 100)).hasSize(before);
        groups.setMembers("one", "support-one", Set.of(), "someone");
        assertThat(audit.newest("one", 100)).hasSize(before + 1).first().satisfies(entry -> {
            assertThat(entry.by()).isEqualTo("someone");
            assertThat(entry.action()).isEqualTo("group.members");
        });
    }

    @Test
    void members_of_another_instance_are_not_taken_in() {
        groups.setMembers("one", "support-one", Set.of("ann-one", "ann-two"), "test");
        assertThat(groups.members("one", "support-one")).containsExactly("ann-one");
        assertThat(groups.members("two", "support-one")).isEmpty();
        assertThat(people.byId("two", "ann-one")).isEmpty();
    }

    @Test
    @Spec("HOT-012")
    void a_flow_with_a_dead_end_is_refused_and_a_good_one_is_numbered() {
        assertThat(publish("one", flow("main", "welcome"))).isEqualTo(new FlowRef("main", 1));
        assertThat(publish("one", flow("main", "welcome"))).as("the same again").isEqualTo(new FlowRef("main", 1));
        assertThat(refusal("two", flow("main", "stolen"))).isEqualTo("FlowNotOwned");
        assertThat(refusal("one", new IvrFlow("f", 0, "F", "nowhere", List.of())))
                .isEqualTo("DeadEnd");
        assertThat(refusal(
                        "one", new IvrFlow("f", 0, "F", "a", List.of(new IvrFlow.Play("a", List.of("x"), "missing")))))
                .isEqualTo("DeadEnd");
        var circle = List.<IvrFlow.Node>of(
                new IvrFlow.Play("a", List.of("x"), "b"), new IvrFlow.Play("b", List.of("y"), "a"));
        assertThat(refusal("one", new IvrFlow("f", 0, "F", "a", circle))).isEqualTo("DeadEnd");
        var island = List.<IvrFlow.Node>of(new IvrFlow.HangUp("a", List.of()), new IvrFlow.HangUp("b", List.of()));
        assertThat(refusal("one", new IvrFlow("f", 0, "F", "a", island))).isEqualTo("Unreachable");
        var menu = new IvrFlow.Menu(
                "a",
                "Menu",
                List.of(),
                Map.of("11", new IvrFlow.Choice("x", "b")),
                Duration.ofSeconds(5),
                3,
                List.of(),
                List.of(),
                "b");
        assertThat(refusal("one", new IvrFlow("f", 0, "F", "a", List.of(menu, new IvrFlow.HangUp("b", List.of())))))
                .isEqualTo("BadMenu");
    }

    @Test
    @Spec("AGT-022")
    void the_home_area_follows_the_longest_prefix() {
        assertThat(get(directory.area("057188880000"))).isEqualTo("杭州");
        assertThat(get(directory.area("01088880000"))).isEqualTo("北京");
        assertThat(get(directory.area("13800000000"))).isEmpty();
        assertThat(get(directory.humanSeats("one"))).isEqualTo(20);
        assertThat(get(directory.humanSeats("none"))).isZero();
    }

    private FlowRef publish(String instance, IvrFlow flow) {
        return ((Flows.Publication.Published) flows.publish(instance, flow, "test")).ref();
    }

    private String refusal(String instance, IvrFlow flow) {
        return ((Flows.Publication.Refused) flows.publish(instance, flow, "test"))
                .refusal()
                .code();
    }

    private static IvrFlow flow(String id, String prompt) {
        return new IvrFlow(
                id,
                0,
                "Main",
                "menu",
                List.of(
                        new IvrFlow.Menu(
                                "menu",
                                "Main menu",
                                List.of(prompt),
                                Map.of(
                                        "1", new IvrFlow.Choice("1 Support", "support"),
                                        "2", new IvrFlow.Choice("2 Bye", "bye")),
                                Duration.ofSeconds(5),
                                3,
                                List.of("wrong"),
                                List.of("none"),
                                "bye"),
                        new IvrFlow.ToGroup(
                                "support", "support-one", "客服组", 0, "music", List.of(), Duration.ofSeconds(30)),
                        new IvrFlow.HangUp("bye", List.of("goodbye"))));
    }

    private static Person person(String id, String instance) {
        return new Person(
                id,
                instance,
                Optional.of(id + "@demo.example"),
                Optional.empty(),
                "Ann",
                "Ann",
                Set.of(Role.AGENT),
                "",
                "",
                Person.Settings.DEFAULT);
    }

    private static Trunk trunk(String id, String instance, int maxCalls) {
        return new Trunk(
                id,
                instance,
                "Line",
                "127.0.0.1:5080",
                List.of("127.0.0.0/8"),
                List.of("PCMA", "PCMU"),
                maxCalls,
                "RFC4733",
                0);
    }

    private static HotlineNumber number(
            String number, String instance, Optional<String> flow, boolean outbound, Optional<Set<String>> scope) {
        return new HotlineNumber(
                number, instance, "line-" + instance, "", "", flow, Optional.of(3), outbound, Optional.empty(), scope);
    }

    private static <T> T get(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    /// Within the second for which an answer is kept.
    private static void eventually(Runnable check) {
        var end = System.nanoTime() + Duration.ofSeconds(5).toNanos();
        while (true) {
            try {
                check.run();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() > end) {
                    throw e;
                }
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
