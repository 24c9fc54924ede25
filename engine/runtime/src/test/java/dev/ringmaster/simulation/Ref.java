package dev.ringmaster.simulation;

import java.util.function.Consumer;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.typed.ActorRef;

/// The address of one actor, or of one browser's socket, on one process.
final class Ref<T> implements ActorRef<T> {
    private static final long serialVersionUID = 1;

    private final transient ContactCentre centre;
    private final transient Machine home;
    private final String path;
    private final transient Consumer<T> receiver;

    Ref(ContactCentre centre, Machine home, String path, Consumer<T> receiver) {
        this.centre = centre;
        this.home = home;
        this.path = path;
        this.receiver = receiver;
    }

    String name() {
        return path;
    }

    Machine home() {
        return home;
    }

    @Override
    public void tell(T message) {
        centre.network.toRef(this, message);
    }

    void arrive(T message) {
        if (home.alive()) {
            receiver.accept(message);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // as Pekko does: a narrower address is the same address
    public <U extends T> ActorRef<U> narrow() {
        return (ActorRef<U>) this;
    }

    @Override
    @SuppressWarnings("unchecked") // as Pekko does
    public <U> ActorRef<U> unsafeUpcast() {
        return (ActorRef<U>) this;
    }

    @Override
    public ActorPath path() {
        throw new UnsupportedOperationException("a path needs an actor system");
    }

    @Override
    public int compareTo(ActorRef<?> other) {
        return path.compareTo(((Ref<?>) other).path);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ref<?> ref && ref.home == home && ref.path.equals(path);
    }

    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return path;
    }
}
