@NullMarked
package dev.ringmaster.persistence.tenant;

import org.jspecify.annotations.NullMarked;
