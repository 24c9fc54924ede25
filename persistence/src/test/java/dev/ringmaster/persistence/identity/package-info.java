@NullMarked
package dev.ringmaster.persistence.identity;

import org.jspecify.annotations.NullMarked;
