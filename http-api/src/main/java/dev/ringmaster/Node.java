package dev.ringmaster;

import dev.ringmaster.http.demo.DemoInstance;
import dev.ringmaster.persistence.journal.AppendTimes;
import dev.ringmaster.persistence.projection.RecordedCall;
import dev.ringmaster.runtime.edge.Admission;
import dev.ringmaster.runtime.edge.EdgeMemory;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One running node: its parts in the order in which they start, and backwards when it stops, the database last.
final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    /// Where the demo's line points on a node that starts no carrier and is given none.
    private static final String NO_CARRIER = "127.0.0.1:5070";

    private static final Duration START_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Settings settings;
    private final PrintStream out;
    private final FolderLock lock;
    private final Stores stores;
    private final Optional<SimulatedCarrier> carrier;
    private final Optional<Telephone> telephone;
    private final Core.Around around;
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("node").daemon().factory());
    private final AtomicReference<Consumer<RecordedCall>> recorded = new AtomicReference<>(_ -> {});
    private final AtomicReference<@Nullable AppendTimes> appends = new AtomicReference<>();
    private volatile @Nullable Core core;
    private volatile boolean stopping;

    private Node(Settings settings, boolean demo, PrintStream out, FolderLock lock) throws Exception {
        this.settings = settings;
        this.out = out;
        this.lock = lock;
        this.stores = new Stores(settings);
        try {
            this.carrier = demo && settings.edge() && settings.demoCarrier().isEmpty()
                    ? Optional.of(SimulatedCarrier.start(sip()))
                    : Optional.empty();
            if (demo && settings.api()) {
                applyDemo();
            }
            var name = name(settings);
            this.telephone = settings.edge()
                    ? Optional.of(Telephone.start(settings, name, System.currentTimeMillis()))
                    : Optional.empty();
            telephone.ifPresent(t -> t.keepLeftRecordings(stores));
            var admission = new Admission(
                    Admission.Limits.DEFAULT.withMaxCalls(settings.maxCalls()),
                    System::nanoTime,
                    () -> journal(AppendTimes::standing));
            this.around = new Core.Around(
                    settings,
                    name,
                    stores,
                    telephone,
                    new EdgeMemory(telephone.map(t -> t.edge.edge()).orElse(""), admission),
                    admission,
                    appends,
                    this::carrierPage,
                    this::lacking,
                    recorded,
                    new Figures(stores, telephone, admission, () -> journal(AppendTimes::p99)));
            stores.projections.onRecorded(call -> recorded.get().accept(call));
            stores.projections.start();
            startCore();
        } catch (Exception e) {
            close();
            throw e;
        }
        if (settings.testProfile()) {
            var _ = ticks.scheduleWithFixedDelay(this::followClock, 500, 500, TimeUnit.MILLISECONDS);
        }
    }

    /// Starts everything; returns when the node is up, which is not yet ready.
    static Node start(Settings settings, boolean demo, PrintStream out) throws Exception {
        var lock = FolderLock.take(settings.data());
        try {
            return new Node(settings, demo, out, lock);
        } catch (Exception e) {
            lock.close();
            throw e;
        }
    }

    /// The same at each start of the same node, different for any two nodes of a cluster.
    private static String name(Settings settings) {
        return settings.cluster()
                .map(cluster -> "node-" + cluster.self().toString().replaceAll("[^A-Za-z0-9]+", "-"))
                .orElse("node-1");
    }

    private String sip() {
        return settings.sip().getHostString() + ":" + settings.sip().getPort();
    }

    private void applyDemo() {
        var demo = new DemoInstance(stores.demoRepositories());
        demo.apply(settings.demoCarrier()
                .or(() -> carrier.map(SimulatedCarrier::sip))
                .orElse(NO_CARRIER));
    }

    private synchronized void startCore() throws Exception {
        var started = Core.start(around);
        core = started;
        started.system.getWhenTerminated().whenComplete((_, _) -> {
            if (!stopping) {
                LOG.warn("this node was removed from its cluster; it joins again, the telephone goes on");
                var _ = ticks.schedule(this::startAgain, START_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private void startAgain() {
        try {
            if (!stopping) {
                startCore();
            }
        } catch (Exception e) {
            LOG.error("the node could not join again; it tries once more", e);
            var _ = ticks.schedule(this::startAgain, 5, TimeUnit.SECONDS);
        }
    }

    private void followClock() {
        try {
            if (stores.sharedClock.refresh()) {
                stores.clock.shiftTo(stores.sharedClock.shift());
            }
        } catch (RuntimeException e) {
            LOG.debug("the test clock cannot be read", e);
        }
    }

    /// Zero before there is an actor system.
    private Duration journal(Function<AppendTimes, Duration> read) {
        var times = appends.get();
        return times == null ? Duration.ZERO : read.apply(times);
    }

    private List<String> lacking() {
        return stopping ? List.of("the node is stopping") : List.of();
    }

    private Optional<String> carrierPage() {
        return carrier.filter(SimulatedCarrier::alive).map(SimulatedCarrier::page);
    }

    /// `http://127.0.0.1:8080`, with the port that was really bound.
    String address() {
        var running = core;
        var bound = running == null
                ? settings.http().getPort()
                : running.binding.localAddress().getPort();
        var host = settings.http().getHostString();
        return "http://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + bound;
    }

    /// Waits until calls can be taken.
    void awaitReady() throws InterruptedException {
        var told = System.nanoTime();
        while (!stopping) {
            var running = core;
            var missing = running == null
                    ? List.of("the engine")
                    : running.engine.readiness().missing();
            if (missing.isEmpty()) {
                return;
            }
            if (System.nanoTime() - told > 10_000_000_000L) {
                LOG.info("not ready yet: {}", missing);
                told = System.nanoTime();
            }
            Thread.sleep(50);
        }
    }

    void sayReady() {
        out.println("ringmaster ready http=" + address() + " sip=" + (settings.edge() ? sip() : "-"));
        out.flush();
    }

    /// What somebody who sees the demo for the first time needs.
    void sayDemo() {
        if (!settings.api()) {
            return;
        }
        var demo = new DemoInstance(stores.demoRepositories());
        out.println();
        out.println("  Ringmaster demo: " + address() + "/" + demo.address());
        out.println();
        out.println("  logins, password " + demo.password() + ":");
        demo.logins().forEach(login -> out.println("    " + login));
        out.println();
        carrier.ifPresent(c -> out.println(
                "  simulated carrier: " + c.page() + " (pid " + c.pid() + "), calls in every 20 to 60 seconds"));
        settings.demoCarrier().ifPresent(peer -> out.println("  outbound calls go to the SIP peer " + peer));
        out.println(
                "  try: log in as alice@demo.example, press Start work, wait for a customer or dial a number yourself;");
        out.println("       or call sip:4001000002@" + sip()
                + " with a SIP phone (4001000001 has a menu: 1 Support, 2 Sales)");
        out.println();
    }

    Core core() {
        var running = core;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    /// The telephone's incarnation; empty without the role edge.
    Optional<String> edge() {
        return telephone.map(t -> t.edge.edge());
    }

    Settings settings() {
        return settings;
    }

    Stores stores() {
        return stores;
    }

    @Override
    @SuppressWarnings("NullAway") // parts that the constructor had not reached yet
    public void close() {
        stopping = true;
        ticks.shutdownNow();
        quietly("carrier", () -> {
            if (carrier != null) {
                carrier.ifPresent(SimulatedCarrier::close);
            }
        });
        quietly("actors", () -> {
            var running = core;
            if (running != null) {
                running.stop();
            }
        });
        quietly("telephone", () -> {
            if (telephone != null) {
                telephone.ifPresent(Telephone::close);
            }
        });
        quietly("database", stores::close);
        quietly("lock", () -> {
            try {
                lock.close();
            } catch (IOException e) {
                LOG.debug("lock", e);
            }
        });
    }

    private static void quietly(String part, Runnable stop) {
        try {
            stop.run();
        } catch (RuntimeException e) {
            LOG.warn("{} did not stop cleanly", part, e);
        }
    }
}
