/// Tables to answers: search of call records, one record, its journal, the service track.
@NullMarked
package dev.ringmaster.persistence.read;

import org.jspecify.annotations.NullMarked;
