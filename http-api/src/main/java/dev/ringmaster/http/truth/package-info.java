/// What the auditor has found.
@NullMarked
package dev.ringmaster.http.truth;

import org.jspecify.annotations.NullMarked;
