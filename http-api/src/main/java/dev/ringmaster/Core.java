package dev.ringmaster;

import com.typesafe.config.ConfigFactory;
import dev.ringmaster.http.call.CallRoutes;
import dev.ringmaster.http.identity.AgentVisitors;
import dev.ringmaster.http.identity.IdentityRoutes;
import dev.ringmaster.http.identity.Me;
import dev.ringmaster.http.live.LiveDoor;
import dev.ringmaster.http.live.RecordedHints;
import dev.ringmaster.http.live.Session;
import dev.ringmaster.http.page.Pages;
import dev.ringmaster.http.queue.QueueRoutes;
import dev.ringmaster.http.system.HealthRoutes;
import dev.ringmaster.http.system.SystemRoutes;
import dev.ringmaster.http.system.TestClockRoutes;
import dev.ringmaster.http.tenant.InstanceRoutes;
import dev.ringmaster.http.truth.TruthRoutes;
import dev.ringmaster.http.web.Answers;
import dev.ringmaster.http.web.Endpoint;
import dev.ringmaster.http.web.FrontDoor;
import dev.ringmaster.persistence.journal.AppendTimes;
import dev.ringmaster.persistence.journal.JournalHints;
import dev.ringmaster.persistence.projection.RecordedCall;
import dev.ringmaster.runtime.Engine;
import dev.ringmaster.runtime.cluster.Keys;
import dev.ringmaster.runtime.cluster.NodeConfig;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.EdgeMemory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.javadsl.ServerBinding;
import org.apache.pekko.stream.SystemMaterializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The part of a node that lives in an actor system: engine and HTTP. When the cluster has removed
/// the node, it ends and [Node] starts
/// another one in the same process, beside the telephone that goes on.
final class Core {
    private static final Logger LOG = LoggerFactory.getLogger(Core.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(25);

    /// What the ids of calls begin with in the journal.
    private static final String CALLS = Keys.CALL.name() + "|";

    final ActorSystem<Void> system;
    final Engine engine;
    final ServerBinding binding;
    private final FrontDoor door;

    /// What stays when the actor system goes.
    ///
    /// @param appends how fast the journal of the actor system is that runs now
    /// @param recorded who is told now that a record can be read
    record Around(
            Settings settings,
            String node,
            Stores stores,
            Optional<Telephone> telephone,
            EdgeMemory memory,
            Admission admission,
            AtomicReference<@Nullable AppendTimes> appends,
            Supplier<Optional<String>> carrierPage,
            Supplier<List<String>> lacking,
            AtomicReference<Consumer<RecordedCall>> recorded,
            Figures figures) {}

    private Core(ActorSystem<Void> system, Engine engine, ServerBinding binding, FrontDoor door) {
        this.system = system;
        this.engine = engine;
        this.binding = binding;
        this.door = door;
    }

    static Core start(Around around) throws Exception {
        var settings = around.settings();
        var stores = around.stores();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), NodeConfig.SYSTEM, config(settings, stores));
        try {
            if (settings.roles().contains(Settings.Role.ENGINE)) {
                JournalHints.unborn(
                        Adapter.toClassic(system),
                        id -> id.startsWith(CALLS) && around.memory().isUnborn(id.substring(CALLS.length())));
            }
            var engine = Engine.start(
                    system,
                    new Engine.Parts(
                            stores.clock,
                            stores.directory,
                            stores.recordings,
                            stores.openEntities,
                            stores.sharedClock,
                            around.telephone().map(telephone -> telephone.edge),
                            around.memory(),
                            around.admission()));
            around.figures().cluster(engine.figures());
            around.appends().set(AppendTimes.of(system.classicSystem()));
            var workers = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("http-", 0).factory());
            var door = new FrontDoor(
                    endpoints(system, engine, around, workers),
                    token -> stores.logins
                            .session(token)
                            .map(session -> new dev.ringmaster.http.web.Caller(session, token)),
                    settings.api() ? new Pages() : (_, _) -> Answers.text(404, "This node has no page."),
                    SystemMaterializer.get(system).materializer(),
                    workers);
            var binding = Http.get(system)
                    .newServerAt(
                            settings.http().getHostString(), settings.http().getPort())
                    .bind(door::handle)
                    .toCompletableFuture()
                    .get(10, TimeUnit.SECONDS);
            return new Core(system, engine, binding, door);
        } catch (Exception e) {
            system.terminate();
            throw e;
        }
    }

    private static com.typesafe.config.Config config(Settings settings, Stores stores) {
        var cluster = settings.cluster()
                .map(c -> c.self() + ","
                        + c.seeds().stream().map(Object::toString).collect(Collectors.joining(",")))
                .orElse("");
        var profile = cluster.isEmpty() ? (settings.testProfile() ? "test" : "single-node") : "three-node";
        var roles = settings.roles().stream()
                .map(role -> role.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        // Main ends the parts in their order; the actor system is only one of them.
        var ours = ConfigFactory.parseMap(Map.of(
                "pekko.coordinated-shutdown.run-by-jvm-shutdown-hook", "off",
                "pekko.jvm-shutdown-hooks", "off"));
        return new NodeConfig(profile, cluster, roles)
                .load(ours.withFallback(stores.database.config())
                        .withFallback(ConfigFactory.parseResources("cluster-config/reference/journal.conf"))
                        .withFallback(ConfigFactory.parseResources("cluster-config/reference/http.conf")));
    }

    private static List<Endpoint> endpoints(ActorSystem<Void> system, Engine engine, Around around, Executor workers) {
        var endpoints = new ArrayList<Endpoint>();
        Supplier<List<String>> missing = () -> {
            var all = new ArrayList<>(around.lacking().get());
            all.addAll(engine.readiness().missing());
            return all;
        };
        around.figures().truth(engine.truth().board());
        endpoints.addAll(new HealthRoutes(missing, around.figures().metrics()).endpoints());
        if (around.settings().api()) {
            endpoints.addAll(api(system, engine, around, workers));
        }
        return endpoints;
    }

    private static List<Endpoint> api(ActorSystem<Void> system, Engine engine, Around around, Executor workers) {
        var stores = around.stores();
        var clock = stores.clock;
        var me = new Me(stores.instances, stores.people, stores.groups);
        var identity = new IdentityRoutes(stores.logins, me, stores.directory, clock);
        var hints = system.systemActorOf(RecordedHints.create(), "recorded-hints", Props.empty());
        around.recorded()
                .set(call -> hints.tell(
                        new RecordedHints.Hint(call.instanceId(), call.agentId().orElse(""), call.callId())));
        var live = new LiveDoor(
                system,
                around.node(),
                new Session.Surroundings(
                        engine.agents(),
                        engine.calls(),
                        engine.queues(),
                        engine.lines(),
                        new AgentVisitors(identity, me, stores.instances, stores.people, stores.groups),
                        hints,
                        engine.truth().ledger(),
                        ice(around.settings()),
                        clock,
                        workers));
        around.figures().sessions(live::open);
        var endpoints = new ArrayList<Endpoint>();
        endpoints.addAll(identity.endpoints());
        endpoints.addAll(new InstanceRoutes(stores.instances).endpoints());
        endpoints.addAll(new CallRoutes(new CallRoutes.Sources(
                        stores.search,
                        stores.records,
                        stores.steps,
                        stores.track,
                        stores.recordings,
                        stores.audit,
                        clock))
                .endpoints());
        endpoints.addAll(new QueueRoutes(engine.queues(), stores.groups, stores.people, clock).endpoints());
        endpoints.addAll(new TruthRoutes(engine.truth().board()).endpoints());
        endpoints.addAll(new SystemRoutes(new SystemRoutes.State(Main.VERSION, around.node(), around.carrierPage()))
                .endpoints());
        endpoints.add(live.endpoint());
        if (around.settings().testProfile()) {
            endpoints.addAll(new TestClockRoutes(by -> advance(stores, by)).endpoints());
        }
        return endpoints;
    }

    private static Instant advance(Stores stores, Duration by) {
        stores.sharedClock.advance(by);
        stores.clock.shiftTo(stores.sharedClock.shift());
        return stores.clock.instant();
    }

    private static Map<String, Object> ice(Settings settings) {
        return settings.turn()
                .<Map<String, Object>>map(turn -> Map.of(
                        "iceServers",
                        List.of(Map.of(
                                "urls", "turn:" + turn.host() + ":" + turn.port(),
                                "username", turn.user(),
                                "credential", turn.secret()))))
                .orElse(Map.of("iceServers", List.of()));
    }

    List<Endpoint> table() {
        return door.endpoints();
    }

    /// Stops taking requests, leaves the cluster, ends the actors.
    void stop() {
        try {
            binding.terminate(Duration.ofSeconds(2)).toCompletableFuture().get(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            LOG.warn("HTTP did not end in time: {}", e.toString());
        }
        try {
            var stopped = CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.jvmExitReason());
            Done _ = stopped.toCompletableFuture().get(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException _) {
            LOG.warn("the actor system did not end within {} s", STOP_WITHIN.toSeconds());
        } catch (Exception e) {
            LOG.warn("the actor system did not end cleanly", e);
        }
    }
}
