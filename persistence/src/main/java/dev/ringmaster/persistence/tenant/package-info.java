/// Reference data: instances, people, groups, lines, numbers and published flows, each change with its audit entry.
@NullMarked
package dev.ringmaster.persistence.tenant;

import org.jspecify.annotations.NullMarked;
