/// The live queue as a single answer.
@NullMarked
package dev.ringmaster.http.queue;

import org.jspecify.annotations.NullMarked;
