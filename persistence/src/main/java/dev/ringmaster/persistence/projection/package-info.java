/// Events to tables: call records, agents' intervals, who is open.
@NullMarked
package dev.ringmaster.persistence.projection;

import org.jspecify.annotations.NullMarked;
