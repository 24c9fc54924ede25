/// Small types that every feature uses: decisions, refusals, personal values.
@NullMarked
package dev.ringmaster.base;

import org.jspecify.annotations.NullMarked;
