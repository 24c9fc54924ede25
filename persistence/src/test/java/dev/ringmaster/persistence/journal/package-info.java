@NullMarked
package dev.ringmaster.persistence.journal;

import org.jspecify.annotations.NullMarked;
