/// What the engine asks of the outside: telephony, directories, recording store.
@NullMarked
package dev.ringmaster.port;

import org.jspecify.annotations.NullMarked;
