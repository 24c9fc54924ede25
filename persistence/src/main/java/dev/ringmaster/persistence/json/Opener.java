package dev.ringmaster.persistence.json;

/// Opens a sealed personal value while it is read; given to a reader as the attribute `Opener.class`.
@FunctionalInterface
public interface Opener {
    String open(String sealed);
}
