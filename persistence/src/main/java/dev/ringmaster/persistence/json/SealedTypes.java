package dev.ringmaster.persistence.json;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the cases of our sealed interfaces from the interfaces themselves, so that no list of them can be
/// forgotten.
final class SealedTypes extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;
    private static final String OURS = "dev.ringmaster.";

    @Override
    @SuppressWarnings("rawtypes") // the signature of Jackson
    public @Nullable TypeResolverBuilder<?> findTypeResolver(
            MapperConfig<?> config, AnnotatedClass type, JavaType baseType) {
        if (!isSealed(type.getRawType())) {
            return null;
        }
        return new StdTypeResolverBuilder()
                .init(JsonTypeInfo.Id.NAME, null)
                .inclusion(JsonTypeInfo.As.PROPERTY)
                .typeProperty("type");
    }

    @Override
    public @Nullable List<NamedType> findSubtypes(Annotated type) {
        var raw = type.getRawType();
        return isSealed(raw)
                ? cases(raw).map(c -> new NamedType(c, c.getSimpleName())).toList()
                : null;
    }

    @Override
    public @Nullable String findTypeName(AnnotatedClass type) {
        return type.getRawType().getName().startsWith(OURS) ? type.getRawType().getSimpleName() : null;
    }

    static boolean isSealed(Class<?> type) {
        return type.isInterface() && type.isSealed() && type.getName().startsWith(OURS);
    }

    static Stream<Class<?>> cases(Class<?> type) {
        return isSealed(type)
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(SealedTypes::cases)
                : Stream.of(type);
    }
}
