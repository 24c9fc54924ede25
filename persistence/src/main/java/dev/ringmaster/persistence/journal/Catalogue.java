package dev.ringmaster.persistence.journal;

import dev.ringmaster.agent.Agent;
import dev.ringmaster.agent.AgentEvent;
import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import dev.ringmaster.call.CallEvent;
import dev.ringmaster.tenant.Seats;
import dev.ringmaster.tenant.SeatsEvent;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// What may stand in the journal, under names that never change: `call.CallArrived.v1` is the first shape of
/// `CallArrived`. An added optional field needs no new version (older events simply lack it); any other change
/// counts the version up here and adds an upcaster from the old one to [Upcasters].
final class Catalogue {
    /// Events whose present shape is not their first.
    private static final Map<Class<?>, Integer> VERSIONS = Map.of();

    private static final Set<Class<?>> PERSONAL = Set.of(PhoneNumber.class, PersonName.class, Said.class);

    private static final Map<Class<?>, Entry> BY_TYPE = new HashMap<>();
    private static final Map<String, Entry> BY_MANIFEST = new HashMap<>();

    static {
        family("call", CallEvent.class);
        family("agent", AgentEvent.class);
        family("seats", SeatsEvent.class);
        // Snapshots: one that cannot be read any more is left aside, and the events are replayed instead.
        add("agent", Agent.class, "State");
        add("seats", Seats.class, "State");
    }

    private Catalogue() {}

    /// One word of the journal as it is written now.
    ///
    /// @param manifest family, name and version
    /// @param personal whether a personal value can be in it
    /// @param callId the component that names the call it is about, in events of an agent
    record Entry(Class<?> type, String manifest, boolean personal, Optional<RecordComponent> callId) {
        /// Whose key seals its personal values: what concerns a call is sealed with the call's key wherever it
        /// stands.
        String subject(String persistenceId, Object event) {
            return callId.map(component -> "call|" + read(component, event)).orElse(persistenceId);
        }

        private static Object read(RecordComponent component, Object event) {
            try {
                return component.getAccessor().invoke(event);
            } catch (ReflectiveOperationException e) {
                throw new LinkageError("A component of a public record can be read", e);
            }
        }
    }

    static boolean knows(Object event) {
        return BY_TYPE.containsKey(event.getClass());
    }

    static Entry of(Object event) {
        var entry = BY_TYPE.get(event.getClass());
        if (entry == null) {
            throw new IllegalArgumentException(event.getClass() + " is no event of ours");
        }
        return entry;
    }

    static Optional<Entry> of(String manifest) {
        return Optional.ofNullable(BY_MANIFEST.get(manifest));
    }

    static List<Entry> all() {
        return List.copyOf(BY_TYPE.values());
    }

    private static void family(String family, Class<?> events) {
        cases(events).forEach(type -> add(family, type, type.getSimpleName()));
    }

    private static void add(String family, Class<?> type, String name) {
        var manifest = family + "." + name + ".v" + VERSIONS.getOrDefault(type, 1);
        var callId = Arrays.stream(type.getRecordComponents())
                .filter(component -> component.getName().equals("callId"))
                .findFirst();
        var entry = new Entry(type, manifest, personal(type, new HashSet<>()), callId);
        BY_TYPE.put(type, entry);
        if (BY_MANIFEST.put(manifest, entry) != null) {
            throw new AssertionError("two words of the journal are called " + manifest);
        }
    }

    private static Stream<Class<?>> cases(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(Catalogue::cases)
                : Stream.of(type);
    }

    private static boolean personal(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        }
        Predicate<Type> deeper = part -> personal(part, seen);
        return switch (type) {
            case ParameterizedType generic ->
                Arrays.stream(generic.getActualTypeArguments()).anyMatch(deeper);
            case Class<?> c when PERSONAL.contains(c) -> true;
            case Class<?> c
            when c.isRecord() ->
                Arrays.stream(c.getRecordComponents())
                        .map(RecordComponent::getGenericType)
                        .anyMatch(deeper);
            case Class<?> c
            when c.isSealed() -> Arrays.stream(c.getPermittedSubclasses()).anyMatch(deeper);
            default -> false;
        };
    }
}
