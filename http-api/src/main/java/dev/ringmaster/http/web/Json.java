package dev.ringmaster.http.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.fasterxml.jackson.module.paramnames.ParameterNamesModule;
import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// JSON as the API speaks it: instants as ISO-8601 with milliseconds, nothing guessed from wrong
/// types, no text that a database or a
/// terminal could choke on.
public final class Json {
    /// Deeper than any document of ours, shallower than any stack.
    private static final int MAX_DEPTH = 40;

    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(new ParameterNamesModule())
            .addModule(new SimpleModule("ours")
                    .addSerializer(Instant.class, new Plain<>(Instant.class, Json::instant))
                    .addSerializer(Duration.class, new Plain<>(Duration.class, Duration::toMillis))
                    .addSerializer(PhoneNumber.class, new Plain<>(PhoneNumber.class, PhoneNumber::value))
                    .addSerializer(PersonName.class, new Plain<>(PersonName.class, PersonName::value))
                    .addSerializer(Said.class, new Plain<>(Said.class, Said::value)))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .build();

    private Json() {}

    /// ISO-8601 in UTC with milliseconds, always of the same length.
    public static String instant(Instant at) {
        return MILLIS.format(at);
    }

    public static byte[] bytes(Object value) {
        try {
            return MAPPER.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    public static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName(), e);
        }
    }

    /// A JSON object from outside.
    ///
    /// @throws Problem when it is none, or holds text that no field of ours may hold
    public static JsonNode object(byte[] body) {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (IOException | IllegalArgumentException _) {
            throw Problem.malformed("The body is not JSON.");
        }
        if (node == null || !node.isObject()) {
            throw Problem.malformed("The body must be a JSON object.");
        }
        checkTexts(node, "");
        return node;
    }

    /// A JSON object from outside as a record of ours.
    ///
    /// @throws Problem naming the field that does not fit
    public static <T> T read(byte[] body, Class<T> type) {
        return read(object(body), type);
    }

    public static <T> T read(JsonNode object, Class<T> type) {
        try {
            return MAPPER.treeToValue(object, type);
        } catch (JsonMappingException e) {
            var field = e.getPath().stream()
                    .map(part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
                    .collect(Collectors.joining("."));
            throw field.isEmpty()
                    ? Problem.malformed("The body does not have the expected form.")
                    : Problem.invalid(field, "\"" + field + "\" has the wrong type or form.");
        } catch (JsonProcessingException _) {
            throw Problem.malformed("The body does not have the expected form.");
        }
    }

    private static void checkTexts(JsonNode node, String path) {
        if (node.isTextual()) {
            checkText(path, node.textValue());
        }
        node.properties().forEach(entry -> {
            checkText("a name of a field", entry.getKey());
            checkTexts(entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey());
        });
        if (node.isArray()) {
            node.forEach(item -> checkTexts(item, path));
        }
    }

    /// NUL cannot be stored, and half a surrogate pair is no character.
    static void checkText(String field, String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == 0) {
                throw Problem.invalid(field, "Text must not contain NUL characters.");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw Problem.invalid(field, "Text must be valid Unicode.");
                }
                i++;
            }
        }
    }

    /// Writes a value of ours as one JSON value.
    private static final class Plain<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1L;

        private final transient Function<T, Object> value;

        Plain(Class<T> type, Function<T, Object> value) {
            super(type);
            this.value = value;
        }

        @Override
        public void serialize(T item, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writePOJO(value.apply(item));
        }
    }
}
