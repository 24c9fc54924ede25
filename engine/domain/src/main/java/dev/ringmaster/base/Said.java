package dev.ringmaster.base;

/// Words that a person said, wrote or pressed (notes, remarks, digits); a personal value: masked in logs, sealed in
/// the journal.
public record Said(String value) {
    @Override
    public String toString() {
        return "(" + value.length() + " characters)";
    }
}
