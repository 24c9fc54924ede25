package dev.ringmaster.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.japi.function.Function2;
import org.apache.pekko.persistence.typed.internal.Running;
import org.slf4j.helpers.NOPLogger;

/// The part of Pekko's actor context that our shells use, without an actor system.
final class Context<T> {
    private final Ref<T> self;
    private final Consumer<T> toSelf;
    private final Behavior<T> current;
    private final ActorContext<T> java;
    private final org.apache.pekko.actor.typed.scaladsl.ActorContext<T> scala;

    /// The behaviour of an entity as Pekko asks it for its number.
    private static final class Numbered<T> extends Behavior<T> implements Running.WithSeqNrAccessible {
        private final LongSupplier seq;

        Numbered(LongSupplier seq) {
            super(0);
            this.seq = seq;
        }

        @Override
        public long currentSequenceNumber() {
            return seq.getAsLong();
        }
    }

    /// @param seq number of the last event, for entities
    @SuppressWarnings("unchecked") // proxies of generic interfaces
    private Context(Ref<T> self, Consumer<T> toSelf, LongSupplier seq) {
        this.self = self;
        this.toSelf = toSelf;
        this.current = new Numbered<>(seq);
        this.java = (ActorContext<T>) proxy(ActorContext.class);
        this.scala = (org.apache.pekko.actor.typed.scaladsl.ActorContext<T>)
                proxy(org.apache.pekko.actor.typed.scaladsl.ActorContext.class);
    }

    static <T> ActorContext<T> of(Ref<T> self, Consumer<T> toSelf, LongSupplier seq) {
        return new Context<>(self, toSelf, seq).java;
    }

    private Object proxy(Class<?> type) {
        InvocationHandler handler = (_, method, arguments) -> switch (method.getName()) {
            case "getSelf", "self" -> self;
            case "getLog", "log" -> NOPLogger.NOP_LOGGER;
            case "asJava" -> java;
            case "asScala" -> scala;
            case "currentBehavior" -> current;
            case "pipeToSelf" -> {
                pipe(Objects.requireNonNull(arguments[0]), Objects.requireNonNull(arguments[1]));
                yield null;
            }
            case "toString" -> "context of " + self;
            default -> throw new UnsupportedOperationException(method.toString());
        };
        return Proxy.newProxyInstance(Context.class.getClassLoader(), new Class<?>[] {type}, handler);
    }

    @SuppressWarnings("unchecked") // the arguments of pipeToSelf
    private void pipe(Object stage, Object as) {
        var message = (Function2<Object, Throwable, T>) as;
        ((CompletionStage<Object>) stage).whenComplete((value, failure) -> {
            try {
                toSelf.accept(message.apply(value, failure));
            } catch (Exception fault) {
                throw new IllegalStateException(fault);
            }
        });
    }
}
