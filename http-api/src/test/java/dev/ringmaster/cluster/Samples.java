package dev.ringmaster.cluster;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/// Makes values of records from their own shape: every case of a sealed interface, every optional
/// field there and not there.
final class Samples {
    private final ActorRef<?> actor;

    /// @param actor stands for every actor in a message
    Samples(ActorRef<?> actor) {
        this.actor = actor;
    }

    List<Object> of(Class<?> type) {
        if (type.isSealed() && type.isInterface()) {
            return Arrays.stream(type.getPermittedSubclasses())
                    .filter(c -> !c.getSimpleName().equals("Own"))
                    .flatMap(c -> of(c).stream())
                    .toList();
        }
        return type.isEnum()
                ? List.of(type.getEnumConstants())
                : type.isRecord() ? records(type) : List.of(plain(type));
    }

    /// As many as the component with the most samples; the others repeat theirs.
    private List<Object> records(Class<?> type) {
        var components = type.getRecordComponents();
        var values = Stream.of(components).map(this::component).toList();
        var count = values.stream().mapToInt(List::size).max().orElse(1);
        var all = new ArrayList<Object>();
        for (var i = 0; i < count; i++) {
            var nth = i;
            all.add(make(
                    type,
                    values.stream()
                            .map(v -> v.get(nth % v.size()))
                            .map(Samples::unwrapped)
                            .toArray()));
        }
        return all;
    }

    /// A null cannot stand in a list.
    private enum Nothing {
        NOTHING
    }

    private static @Nullable Object unwrapped(Object value) {
        return value == Nothing.NOTHING ? null : value;
    }

    private List<Object> component(RecordComponent component) {
        var samples = new ArrayList<>(of(component.getGenericType()));
        if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
            samples.add(Nothing.NOTHING);
        }
        return samples;
    }

    private List<Object> of(Type type) {
        if (type instanceof ParameterizedType generic) {
            var raw = (Class<?>) generic.getRawType();
            var inner = generic.getActualTypeArguments();
            if (raw == Optional.class) {
                return Stream.<Object>concat(of(inner[0]).stream().map(Optional::of), Stream.of(Optional.empty()))
                        .toList();
            }
            if (raw == List.class) {
                return List.of(of(inner[0]));
            }
            if (raw == Set.class) {
                return List.of(Set.copyOf(of(inner[0])));
            }
            if (raw == Map.class) {
                return List.of(Map.of("key", of(inner[1]).getFirst()));
            }
            return raw.isRecord() ? filled(raw, inner[0]) : List.of(actor);
        }
        return of((Class<?>) type);
    }

    /// A record with one type parameter, which stands for `inner` in its components.
    private List<Object> filled(Class<?> type, Type inner) {
        var values = Stream.of(type.getRecordComponents())
                .map(c ->
                        (c.getGenericType() instanceof TypeVariable<?> ? of(inner) : of(c.getGenericType())).getFirst())
                .toArray();
        return List.of(make(type, values));
    }

    private Object plain(Class<?> type) {
        return switch (type.getName()) {
            case "java.lang.String" -> "word";
            case "long", "java.lang.Long" -> 7_000_000_000L;
            case "int", "java.lang.Integer" -> 42;
            case "boolean" -> true;
            case "java.time.Instant" -> Instant.parse("2026-11-22T09:00:00.123456Z");
            case "java.time.Duration" -> Duration.ofMillis(1_500);
            default -> throw new IllegalArgumentException("no sample of " + type);
        };
    }

    private static Object make(Class<?> type, @Nullable Object[] values) {
        try {
            var constructor = type.getDeclaredConstructor(Stream.of(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class[]::new));
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (NoSuchMethodException
                | InstantiationException
                | IllegalAccessException
                | InvocationTargetException e) {
            throw new IllegalArgumentException(type.getName(), e);
        }
    }
}
