/// Compares what the owners of facts say of themselves and of each other, and finds what does not go together.
@NullMarked
package dev.ringmaster.truth;

import org.jspecify.annotations.NullMarked;
