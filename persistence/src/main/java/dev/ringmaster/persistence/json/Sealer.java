package dev.ringmaster.persistence.json;

/// Seals a personal value while it is written; given to a writer as the attribute `Sealer.class`.
@FunctionalInterface
public interface Sealer {
    String seal(String value);
}
