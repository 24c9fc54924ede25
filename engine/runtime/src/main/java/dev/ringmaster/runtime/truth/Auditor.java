package dev.ringmaster.runtime.truth;

import dev.ringmaster.exchange.Doubt;
import dev.ringmaster.port.OpenEntities;
import dev.ringmaster.runtime.clock.NodeClock;
import dev.ringmaster.runtime.entity.Surroundings;
import dev.ringmaster.runtime.wire.AgentMessage;
import dev.ringmaster.runtime.wire.CallMessage;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.Post;
import dev.ringmaster.runtime.wire.SeatsMessage;
import dev.ringmaster.runtime.wire.TruthMessage;
import dev.ringmaster.truth.Audit;
import dev.ringmaster.truth.Contradiction;
import dev.ringmaster.truth.Look;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.actor.typed.receptionist.Receptionist;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;

/// Compares every second what all owners say, reports what cannot be true together, and tells the owner of what stands
/// for too long. It owns nothing and heals nothing itself: the owner looks, decides and journals. One in the cluster.
public final class Auditor extends AbstractBehavior<Auditor.Message> {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /// Looks that are waited for a node: the age of what is shown grows meanwhile.
    private static final int PATIENCE = 3;

    /// The journal is read less often: it costs queries, and what it adds is only who should live.
    private static final Duration READ_EVERY = Duration.ofSeconds(10);

    /// A dead entity is looked up once more before anybody is alarmed.
    private static final long READ_AGAIN_NANOS = 2_000_000_000L;

    /// What it works with.
    public record Parts(
            OpenEntities entities, Post post, Surroundings.EdgeView edges, NodeClock clock, LongSupplier nanoTime) {}

    /// What it hears.
    public sealed interface Message {}

    private enum Step implements Message {
        LOOK,
        READ
    }

    private record Tellers(Set<ActorRef<TruthMessage>> all) implements Message {}

    private record Told(TruthMessage message) implements Message {}

    private record Read(OpenEntities.Open open) implements Message {}

    private record NotRead(Throwable failure) implements Message {}

    private final Parts parts;
    private final ActorRef<TruthMessage> ear;
    private final Findings findings;
    private final long started;
    private Set<ActorRef<TruthMessage>> tellers = Set.of();
    private Hearing hearing = new Hearing(0, Set.of());
    private boolean concluded = true;
    private int waited;
    private Audit audit = Audit.NOTHING;
    private Look.Open open = Look.Open.NOTHING;
    private boolean reading;
    private long readAt;

    public static Behavior<Message> create(Parts parts) {
        return Behaviors.supervise(Behaviors.<Message>setup(
                        context -> Behaviors.withTimers(timers -> new Auditor(context, timers, parts))))
                .onFailure(SupervisorStrategy.restart());
    }

    private Auditor(ActorContext<Message> context, TimerScheduler<Message> timers, Parts parts) {
        super(context);
        this.parts = parts;
        this.ear = context.messageAdapter(TruthMessage.class, Told::new);
        this.findings = new Findings(context.getLog());
        this.started = parts.nanoTime().getAsLong();
        var listings = context.messageAdapter(
                Receptionist.Listing.class,
                listing -> new Tellers(Set.copyOf(listing.getServiceInstances(TruthTeller.TELLERS))));
        context.getSystem().receptionist().tell(Receptionist.subscribe(TruthTeller.TELLERS, listings));
        timers.startTimerAtFixedRate(Step.LOOK, Duration.ZERO, LOOK_EVERY);
        timers.startTimerWithFixedDelay(Step.READ, Duration.ZERO, READ_EVERY);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder().onAnyMessage(this::onMessage).build();
    }

    private Behavior<Message> onMessage(Message message) {
        switch (message) {
            case Tellers(var all) -> tellers = all;
            case Step.LOOK -> look();
            case Step.READ -> read();
            case Told(TruthMessage.Page page) -> heard(page);
            case Told _ -> {}
            case Read(var found) -> {
                reading = false;
                open = new Look.Open(found.calls(), found.agents(), found.instances());
            }
            case NotRead(var failure) -> {
                reading = false;
                getContext().getLog().warn("who is open cannot be read now: {}", failure.toString());
            }
        }
        return this;
    }

    private void look() {
        if (tellers.isEmpty()) {
            return; // it has just started, and the registry has not answered yet
        }
        if (!concluded && ++waited < PATIENCE) {
            return; // a busy node: its pages are on their way
        }
        if (!concluded) {
            // Half of the rules conclude from what is not there: without every node there is no look, and the age of
            // the last one shows it.
            getContext().getLog().warn("no word within {} s from {}", PATIENCE, hearing.missing());
        }
        concluded = false;
        waited = 0;
        hearing = new Hearing(hearing.look + 1, up());
        tellers.forEach(teller -> teller.tell(new TruthMessage.Tell(hearing.look, ear)));
    }

    private Set<String> up() {
        var members = Cluster.get(getContext().getSystem()).state().getMembers();
        return StreamSupport.stream(members.spliterator(), false)
                .filter(member -> member.status().equals(MemberStatus.up()))
                .map(member -> member.uniqueAddress().toString())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void heard(TruthMessage.Page page) {
        hearing.add(page);
        if (!concluded && hearing.missing().isEmpty()) {
            concluded = true;
            conclude();
        }
    }

    private void conclude() {
        open = without(open);
        var now = parts.nanoTime().getAsLong();
        audit = audit.next(hearing.look(Duration.ofNanos(now - started), open));
        var doubtful = findings.next(audit, now, parts.clock().instant());
        var report = findings.report(audit, parts.clock().instant());
        tellers.forEach(teller -> teller.tell(report));
        doubtful.forEach(this::doubt);
        if (audit.standing().stream().anyMatch(c -> c.doubt().kind() == Doubt.Kind.NOT_LIVE)
                && now - readAt > READ_AGAIN_NANOS) {
            read();
        }
    }

    /// Whoever has said since that it has closed is not missed when it sleeps.
    private Look.Open without(Look.Open open) {
        var calls = new HashSet<>(open.calls());
        var agents = new HashSet<>(open.agents());
        var instances = new HashSet<>(open.instances());
        calls.removeIf(hearing::closed);
        agents.removeIf(hearing::offDuty);
        instances.removeIf(hearing::unheld);
        return new Look.Open(calls, agents, instances);
    }

    private void read() {
        if (!reading) {
            reading = true;
            readAt = parts.nanoTime().getAsLong();
            getContext()
                    .pipeToSelf(
                            parts.entities().open(),
                            (found, failure) -> found == null ? new NotRead(failure) : new Read(found));
        }
    }

    /// Tells the owner, who decides.
    private void doubt(Contradiction found) {
        var id = found.owner().id();
        var doubt = found.doubt();
        switch (found.owner().kind()) {
            case CALL -> parts.post().toCall(id, new CallMessage.Doubted(doubt));
            case AGENT -> parts.post().toAgent(id, new AgentMessage.Doubted(doubt));
            case SEATS -> parts.post().toSeats(id, new SeatsMessage.Doubted(doubt));
            case EDGE -> parts.edges().tell(id, new EdgeMessage.Doubted(doubt));
        }
        if (doubt.kind() == Doubt.Kind.SECOND_SESSION) {
            tellers.forEach(teller -> teller.tell(new TruthMessage.AskAgain(doubt.with())));
        }
    }
}
