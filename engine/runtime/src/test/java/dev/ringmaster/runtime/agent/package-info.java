@NullMarked
package dev.ringmaster.runtime.agent;

import org.jspecify.annotations.NullMarked;
