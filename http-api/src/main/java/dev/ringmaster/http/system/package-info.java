/// Health, metrics, the state of the installation, the API document, the test clock.
@NullMarked
package dev.ringmaster.http.system;

import org.jspecify.annotations.NullMarked;
