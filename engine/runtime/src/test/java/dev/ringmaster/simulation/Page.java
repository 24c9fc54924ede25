package dev.ringmaster.simulation;

import dev.ringmaster.agent.AgentCommand;
import dev.ringmaster.agent.AgentScreen;
import dev.ringmaster.call.CallCommand;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.runtime.entity.Ledger;
import dev.ringmaster.runtime.wire.AgentUpdate;
import dev.ringmaster.runtime.wire.EdgeMessage;
import dev.ringmaster.runtime.wire.Reply;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One browser tab of one agent, with the session that some api node keeps for it: it shows what
/// it is told, and presses what it shows.
final class Page {
    private static final long LEASE_MS = 3_000;

    private final ContactCentre centre;
    private final World world;
    private final Desk desk;
    private final String name;
    private boolean closed;
    private boolean online = true;
    private @Nullable Session session;
    private boolean loggingIn;
    private @Nullable LineRef line;
    private boolean openingLine;
    private String resumeToken = "";

    /// What an api node keeps of this tab.
    private static final class Session {
        final Machine machine;
        final String id;
        final long fence;
        long lastSeq = -1;

        @Nullable
        AgentScreen screen;

        Session(Machine machine, String id, long fence) {
            this.machine = machine;
            this.id = id;
            this.fence = fence;
        }

        void ends() {
            machine.ledger().left(id);
        }
    }

    Page(ContactCentre centre, Desk desk, String name) {
        this.centre = centre;
        this.world = centre.world;
        this.desk = desk;
        this.name = name;
    }

    String name() {
        return name;
    }

    boolean closed() {
        return closed;
    }

    Optional<AgentScreen> screen() {
        return Optional.ofNullable(session).filter(_ -> online).map(s -> s.screen);
    }

    Optional<Long> fence() {
        return Optional.ofNullable(session).map(s -> s.fence);
    }

    boolean audible(LineRef ref) {
        return !closed && online && ref.equals(line);
    }

    void lineClosed(LineRef ref) {
        if (ref.equals(line)) {
            line = null;
        }
    }

    // ---- the session

    /// Logs in, or comes back with what proves the same browser.
    void connect() {
        if (!online || closed || loggingIn || centre.cluster.living().isEmpty()) {
            return;
        }
        if (session != null && session.machine.alive()) {
            return;
        }
        end();
        loggingIn = true;
        var living = centre.cluster.living();
        var machine = living.get(world.random.nextInt(living.size()));
        var id = "session-" + centre.nextNumber();
        var hash = name + "-h" + centre.nextNumber();
        var open = new AgentCommand.OpenSession(
                id, desk.profile(), resumeToken.isEmpty() ? Optional.empty() : Optional.of(resumeToken), hash, true);
        ask(machine, open, reply -> {
            loggingIn = false;
            if (reply instanceof Reply.Done(var result, var _) && online && !closed && machine.alive()) {
                resumeToken = hash;
                var mine = new Session(machine, id, Long.parseLong(result.getOrDefault("fence", "0")));
                end();
                session = mine;
                var watcher = new Ref<AgentUpdate>(
                        centre, machine, "page/" + name + "/" + mine.fence, update -> updated(mine, update));
                machine.ledger()
                        .sits(new Ledger.Sitting(
                                id, desk.agentId(), ContactCentre.INSTANCE, mine.fence, () -> renew(mine, watcher)));
                lease(mine, watcher);
            }
        });
        world.in(10_000, () -> loggingIn = false);
    }

    private void lease(Session mine, Ref<AgentUpdate> watcher) {
        if (session == mine && online && !closed && mine.machine.alive()) {
            renew(mine, watcher);
            world.in(LEASE_MS, () -> lease(mine, watcher));
        }
    }

    private void renew(Session mine, Ref<AgentUpdate> watcher) {
        mine.machine.work(() -> mine.machine.agents.watch(desk.agentId(), mine.fence, mine.lastSeq, watcher));
    }

    /// The api node forgets the session, whatever the browser does.
    private void end() {
        if (session != null) {
            session.ends();
            session = null;
        }
    }

    /// As the socket's session does with what the agent's entity tells it.
    private void updated(Session mine, AgentUpdate update) {
        if (session != mine) {
            return;
        }
        if (update.superseded()) {
            world.trace(name + " is superseded");
            close();
            return;
        }
        if (update.seq() <= mine.lastSeq) {
            return;
        }
        if (update.screen().connection().equals("LOST")) {
            end(); // it comes back with its token
            return;
        }
        mine.lastSeq = update.seq();
        mine.screen = update.screen();
        if (world.traced()) {
            world.trace(name + " shows " + update.screen().state() + "@" + update.seq());
        }
    }

    // ---- troubles

    void close() {
        closed = true;
        end();
        line = null;
    }

    /// The tab is closed by the person: it says so, if it can.
    void closeOnPurpose() {
        var mine = session;
        if (mine != null && online && mine.machine.alive()) {
            ask(mine.machine, new AgentCommand.SessionLost(mine.fence, true), _ -> {});
        }
        close();
    }

    /// F5: the audio is gone, the token is kept.
    void reload() {
        line = null;
        dropSocket();
    }

    void loseNetwork(long millis) {
        online = false;
        dropSocket();
        world.in(millis, () -> online = true);
    }

    /// The api node notices at once or when nothing has come for ten seconds, and tells the agent, if it can.
    private void dropSocket() {
        var mine = session;
        session = null;
        if (mine == null) {
            return;
        }
        var told = world.chance(0.7);
        world.in(world.between(1, 10_000), () -> {
            mine.ends();
            if (told && mine.machine.alive()) {
                ask(mine.machine, new AgentCommand.SessionLost(mine.fence, false), _ -> {});
            }
        });
    }

    // ---- the line

    void openLine() {
        var mine = session;
        if (mine == null || line != null || openingLine || !online || !mine.machine.alive()) {
            return;
        }
        openingLine = true;
        world.in(8_000, () -> openingLine = false);
        var machine = mine.machine;
        machine.work(() -> machine.post.lineHome(desk.agentId(), mine.fence).whenComplete((home, _) -> {
            if (home == null || !home.current() || session != mine) {
                openingLine = false;
                return;
            }
            var edge = machine.edges.living(home.edge().orElse("")).or(() -> machine.edges.any(desk.agentId()));
            var replyTo = new Ref<EdgeMessage.LineReply>(
                    centre, machine, "line/" + machine.nextActor(), reply -> lineOpened(mine, reply));
            edge.ifPresentOrElse(
                    actor -> actor.tell(new EdgeMessage.OpenLine(desk.agentId(), mine.fence, name, replyTo)),
                    () -> openingLine = false);
        }));
    }

    private void lineOpened(Session mine, EdgeMessage.LineReply reply) {
        openingLine = false;
        var answer = reply.answer();
        if (session == mine && answer != null && online && !closed) {
            line = answer.line();
        }
    }

    boolean hasLine() {
        return line != null;
    }

    // ---- what is pressed

    void press(AgentCommand command) {
        var mine = session;
        if (mine != null && online && mine.machine.alive()) {
            ask(mine.machine, command, _ -> {});
        }
    }

    void startWork() {
        var mine = session;
        if (mine != null && online && mine.machine.alive()) {
            var id = "c" + centre.nextNumber();
            mine.machine.work(() -> {
                var _ = mine.machine.agents.startWork(ContactCentre.INSTANCE, desk.agentId(), mine.fence, id);
            });
        }
    }

    void steer(CallCommand.Control control, String callId) {
        var mine = session;
        if (mine != null && online && mine.machine.alive()) {
            var id = "c" + centre.nextNumber();
            mine.machine.work(() -> {
                var _ = mine.machine.calls.control(desk.agentId(), mine.fence, id, callId, control);
            });
        }
    }

    private void ask(Machine machine, AgentCommand command, Consumer<Reply> then) {
        var id = "c" + centre.nextNumber();
        machine.work(() -> machine.agents.ask(desk.agentId(), id, command).thenAccept(then));
    }
}
