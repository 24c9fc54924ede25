/// What the login page may know of an instance.
@NullMarked
package dev.ringmaster.http.tenant;

import org.jspecify.annotations.NullMarked;
