@NullMarked
package dev.ringmaster.media;

import org.jspecify.annotations.NullMarked;
