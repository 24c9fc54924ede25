package dev.ringmaster.tenant;

/// What the seat ledger of an instance says of itself.
///
/// @param seq event number of the state that says it
/// @param open whether it must be awake
public record SeatsFact(String instanceId, long seq, boolean open, int granted, int inUse) {
    public static SeatsFact of(String instanceId, Seats seats, long seq) {
        return new SeatsFact(instanceId, seq, seats.open(), seats.granted(), seats.inUse());
    }
}
