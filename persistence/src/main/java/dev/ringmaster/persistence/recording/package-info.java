/// Recordings: files that all nodes find, and their rows.
@NullMarked
package dev.ringmaster.persistence.recording;

import org.jspecify.annotations.NullMarked;
