/// The one WebSocket of a browser (`docs/live-protocol.md`): snapshot, then numbered changes, from
/// the entities and never from a table.
@NullMarked
package dev.ringmaster.http.live;

import org.jspecify.annotations.NullMarked;
