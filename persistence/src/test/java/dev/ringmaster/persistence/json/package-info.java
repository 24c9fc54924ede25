@NullMarked
package dev.ringmaster.persistence.json;

import org.jspecify.annotations.NullMarked;
