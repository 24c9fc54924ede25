package dev.ringmaster.persistence.journal;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One value of any word of the domain, every optional part filled in, always the same.
public final class Samples {
    private Samples() {}

    public static <T> T of(Class<T> type) {
        return type.cast(value(type, type.getSimpleName()));
    }

    private static Object value(Type type, String name) {
        return switch (type) {
            case ParameterizedType generic -> generic(generic, name);
            case Class<?> c when c == String.class -> "a " + name;
            case Class<?> c when c == int.class || c == Integer.class -> 1 + Math.floorMod(name.hashCode(), 1000);
            case Class<?> c when c == long.class || c == Long.class -> 1L + Math.floorMod(name.hashCode(), 100_000);
            case Class<?> c when c == boolean.class -> true;
            case Class<?> c when c == Instant.class -> Instant.parse("2026-11-22T09:00:00.123456Z");
            case Class<?> c when c == Duration.class -> Duration.ofMillis(12_345);
            case Class<?> c when c.isEnum() -> c.getEnumConstants()[0];
            case Class<?> c when c.isSealed() -> value(c.getPermittedSubclasses()[0], name);
            case Class<?> c when c.isRecord() -> record(c);
            default -> throw new AssertionError("no sample of " + type);
        };
    }

    private static Object generic(ParameterizedType type, String name) {
        var parts = type.getActualTypeArguments();
        return switch (type.getRawType().getTypeName()) {
            case "java.util.Optional" -> Optional.of(value(parts[0], name));
            case "java.util.List" -> List.of(value(parts[0], name));
            case "java.util.Set" -> Set.of(value(parts[0], name));
            case "java.util.Map" -> Map.of(value(parts[0], name + " key"), value(parts[1], name));
            default -> throw new AssertionError("no sample of " + type);
        };
    }

    private static Object record(Class<?> type) {
        var components = type.getRecordComponents();
        var values = Arrays.stream(components)
                .map(c -> value(c.getGenericType(), c.getName()))
                .toArray();
        try {
            return type.getDeclaredConstructor(Arrays.stream(components)
                            .map(RecordComponent::getType)
                            .toArray(Class<?>[]::new))
                    .newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no sample of " + type, e);
        }
    }
}
