package dev.ringmaster.persistence.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import dev.ringmaster.base.PersonName;
import dev.ringmaster.base.PhoneNumber;
import dev.ringmaster.base.Said;
import java.io.IOException;
import java.util.function.Function;

/// Teaches Jackson the domain's words, which carry no annotations: cases of sealed interfaces are told apart by a
/// `type` with their simple name (never a class name from the wire), personal values are strings. Bound by class
/// name in `cluster-config/reference` for the messages between nodes, where personal values are in clear; the
/// journal seals them by giving the writer a [Sealer].
public final class DomainJacksonModule extends SimpleModule {
    private static final long serialVersionUID = 1;

    public DomainJacksonModule() {
        super("ringmaster-domain");
        personal(PhoneNumber.class, PhoneNumber::value, PhoneNumber::new);
        personal(PersonName.class, PersonName::value, PersonName::new);
        personal(Said.class, Said::value, Said::new);
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new SealedTypes());
    }

    private <T> void personal(Class<T> type, Function<T, String> value, Function<String, T> make) {
        addSerializer(type, new PersonalWriter<>(type, value));
        addDeserializer(type, new PersonalReader<>(type, make));
    }

    private static final class PersonalWriter<T> extends StdSerializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<T, String> value;

        PersonalWriter(Class<T> type, Function<T, String> value) {
            super(type);
            this.value = value;
        }

        @Override
        public void serialize(T personal, JsonGenerator out, SerializerProvider provider) throws IOException {
            var text = value.apply(personal);
            out.writeString(provider.getAttribute(Sealer.class) instanceof Sealer sealer ? sealer.seal(text) : text);
        }
    }

    private static final class PersonalReader<T> extends StdDeserializer<T> {
        private static final long serialVersionUID = 1;

        private final transient Function<String, T> make;

        PersonalReader(Class<T> type, Function<String, T> make) {
            super(type);
            this.make = make;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            var text = in.getValueAsString();
            if (text == null) {
                return make.apply(String.valueOf(context.handleUnexpectedToken(String.class, in)));
            }
            return make.apply(context.getAttribute(Opener.class) instanceof Opener opener ? opener.open(text) : text);
        }
    }
}
