package dev.ringmaster.http.live;

import java.util.HashMap;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/// Knows the sessions of this node and tells the right ones that a call's record (or its
/// recording) can be read now. The projection tells
/// every node, so the session may be on any of them.
public final class RecordedHints {
    /// What it hears.
    public sealed interface Message {}

    /// A session wants the hints of one agent, or of the whole instance. It is forgotten when it stops.
    record Register(String instanceId, String agentId, boolean whole, ActorRef<Session.Message> session)
            implements Message {}

    private record Gone(ActorRef<Session.Message> session) implements Message {}

    /// A call's record has changed.
    ///
    /// @param agentId empty when no agent had the call
    public record Hint(String instanceId, String agentId, String callId) implements Message {}

    private RecordedHints() {}

    public static Behavior<Message> create() {
        return Behaviors.setup(context -> {
            Map<ActorRef<Session.Message>, Register> sessions = new HashMap<>();
            return Behaviors.receive(Message.class)
                    .onMessage(Register.class, register -> {
                        sessions.put(register.session(), register);
                        context.watchWith(register.session(), new Gone(register.session()));
                        return Behaviors.same();
                    })
                    .onMessage(Gone.class, gone -> {
                        sessions.remove(gone.session());
                        return Behaviors.same();
                    })
                    .onMessage(Hint.class, hint -> {
                        sessions.values().stream()
                                .filter(r -> r.instanceId().equals(hint.instanceId()))
                                .filter(r -> r.whole() || r.agentId().equals(hint.agentId()))
                                .forEach(r -> r.session().tell(new Session.Recorded(hint.callId())));
                        return Behaviors.same();
                    })
                    .build();
        });
    }
}
