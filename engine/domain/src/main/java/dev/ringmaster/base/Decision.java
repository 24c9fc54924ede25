package dev.ringmaster.base;

import java.util.List;

/// What a state machine answers to a command: the events that follow from it (perhaps none), or a refusal. Nothing
/// has happened yet.
public sealed interface Decision<E> {
    record Accepted<E>(List<E> events) implements Decision<E> {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    record Refused<E>(Refusal refusal) implements Decision<E> {}

    @SafeVarargs
    @SuppressWarnings("varargs") // List.of copies
    static <E> Decision<E> accept(E... events) {
        return new Accepted<>(List.of(events));
    }

    static <E> Decision<E> accept(List<E> events) {
        return new Accepted<>(events);
    }

    /// Already so, or no longer of interest: agreed, and nothing to journal.
    static <E> Decision<E> nothing() {
        return new Accepted<>(List.of());
    }

    static <E> Decision<E> refuse(String code, String message) {
        return new Refused<>(Refusal.of(code, message));
    }

    static <E> Decision<E> refuse(String code, String message, String field) {
        return new Refused<>(new Refusal(code, message, field));
    }
}
