/// Random days of a whole contact centre: the real shells, queues and edges of several nodes over
/// a virtual clock, a virtual network, journal
/// and telephone network, all from one seed.
@NullMarked
package dev.ringmaster.simulation;

import org.jspecify.annotations.NullMarked;
