/// Logging in and out, and who one is.
@NullMarked
package dev.ringmaster.http.identity;

import org.jspecify.annotations.NullMarked;
