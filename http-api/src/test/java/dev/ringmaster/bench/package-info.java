/// Load clients of `bench/`: a seeded instance, agents on live sockets, callers on SIP, sound both ways. No tests.
@NullMarked
package dev.ringmaster.bench;

import org.jspecify.annotations.NullMarked;
