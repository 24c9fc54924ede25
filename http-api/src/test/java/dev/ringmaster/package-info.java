/// Tests of whole nodes in this process.
@NullMarked
package dev.ringmaster;

import org.jspecify.annotations.NullMarked;
