package dev.ringmaster.persistence.tenant;

import java.time.ZoneId;

/// A tenant: a contact centre with its own people, numbers and seats.
///
/// @param address path of its page, without slashes: `demo`
/// @param zone in which its days begin and end
/// @param humanSeats agents who may be on duty at once (TEN-011)
/// @param aiSeats bot calls at once
public record Instance(String id, String address, String name, ZoneId zone, int humanSeats, int aiSeats) {}
