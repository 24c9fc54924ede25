/// Tests of logging in.
@NullMarked
package dev.ringmaster.http.identity;

import org.jspecify.annotations.NullMarked;
