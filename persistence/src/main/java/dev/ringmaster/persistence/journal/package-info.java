/// Events as they stand in the journal: names, versions, upcasters, sealed personal values; and the reader that
/// follows it without skipping.
@NullMarked
package dev.ringmaster.persistence.journal;

import org.jspecify.annotations.NullMarked;
