@NullMarked
package dev.ringmaster.persistence.projection;

import org.jspecify.annotations.NullMarked;
