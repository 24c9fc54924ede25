/// What all parts of an edge stand on: its settings, its one thread, its counters.
@NullMarked
package dev.ringmaster.telephony.base;

import org.jspecify.annotations.NullMarked;
