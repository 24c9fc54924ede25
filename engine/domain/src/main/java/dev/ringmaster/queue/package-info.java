/// Who is paired with whom, and why: a matchmaker rebuilt from what calls and agents tell.
@NullMarked
package dev.ringmaster.queue;

import org.jspecify.annotations.NullMarked;
