@NullMarked
package dev.ringmaster.persistence.read;

import org.jspecify.annotations.NullMarked;
