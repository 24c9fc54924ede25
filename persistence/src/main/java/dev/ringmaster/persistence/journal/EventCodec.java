package dev.ringmaster.persistence.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ringmaster.persistence.json.DomainJson;
import dev.ringmaster.persistence.json.Opener;
import dev.ringmaster.persistence.json.Sealer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Events to bytes and back: a manifest that never changes, JSON, personal values sealed.
public final class EventCodec {
    private final ObjectMapper mapper = DomainJson.mapper();
    private final Map<Class<?>, ObjectWriter> writers = new ConcurrentHashMap<>();
    private final Map<Class<?>, ObjectReader> readers = new ConcurrentHashMap<>();
    private final Function<String, Sealer> sealers;
    private final Opener opener;

    public EventCodec(PersonalKeys keys) {
        this(keys::sealer, keys.opener());
    }

    EventCodec(Function<String, Sealer> sealers, Opener opener) {
        this.sealers = sealers;
        this.opener = opener;
    }

    /// @param persistenceId of the entity, e.g. `call|c-17`
    public byte[] write(String persistenceId, Object event) {
        return write(persistenceId, event, sealers);
    }

    /// @param with who seals for which subject
    byte[] write(String persistenceId, Object event, Function<String, Sealer> with) {
        var entry = Catalogue.of(event);
        var writer = writers.computeIfAbsent(entry.type(), mapper::writerFor);
        if (entry.personal()) {
            writer = writer.withAttribute(Sealer.class, with.apply(entry.subject(persistenceId, event)));
        }
        try {
            return writer.writeValueAsBytes(event);
        } catch (IOException e) {
            throw new IllegalStateException("Event " + entry.manifest() + " cannot be written", e);
        }
    }

    public static String manifest(Object event) {
        return Catalogue.of(event).manifest();
    }

    static boolean knows(Object event) {
        return Catalogue.knows(event);
    }

    /// Whether a key is needed before this event can be written, and whose.
    static Optional<String> subject(String persistenceId, Object event) {
        var entry = Catalogue.of(event);
        return entry.personal() ? Optional.of(entry.subject(persistenceId, event)) : Optional.empty();
    }

    /// The event as it is understood today; what was sealed under a dropped key reads `(forgotten)`.
    public Object read(String manifest, byte[] bytes) {
        try {
            var current = manifest;
            JsonNode tree = null;
            if (Upcasters.knows(manifest)) {
                var lifted = Upcasters.lift(manifest, (ObjectNode) mapper.readTree(bytes));
                current = lifted.manifest();
                tree = lifted.event();
            }
            var unknown = "No event of this version of Ringmaster: " + manifest;
            var type = Catalogue.of(current)
                    .orElseThrow(() -> new IllegalStateException(unknown))
                    .type();
            var reader = readers.computeIfAbsent(type, t -> mapper.readerFor(t).withAttribute(Opener.class, opener));
            return tree == null ? reader.readValue(bytes) : reader.readValue(tree);
        } catch (IOException e) {
            throw new IllegalStateException("Event " + manifest + " cannot be read", e);
        }
    }

    /// The event's fields, personal values opened.
    public JsonNode readTree(String manifest, byte[] bytes) {
        return mapper.valueToTree(read(manifest, bytes));
    }

    /// `CallArrived` of `call.CallArrived.v1`.
    public static String name(String manifest) {
        return manifest.substring(manifest.indexOf('.') + 1, manifest.lastIndexOf('.'));
    }
}
