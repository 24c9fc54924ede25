package dev.ringmaster.ivr;

/// Looks up published flows. Because a numbered document never changes, this is a constant to the rules that use
/// it.
@FunctionalInterface
public interface Flows {
    /// @throws IllegalStateException when the document was not loaded; the shell loads it before it asks for a
    ///     decision
    IvrFlow flow(FlowRef ref);
}
