/// Instances, people, groups, numbers, trunks, seats.
@NullMarked
package dev.ringmaster.tenant;

import org.jspecify.annotations.NullMarked;
