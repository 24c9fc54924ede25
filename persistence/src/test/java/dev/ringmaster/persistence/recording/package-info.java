@NullMarked
package dev.ringmaster.persistence.recording;

import org.jspecify.annotations.NullMarked;
