/// Applies the demo instance of `cluster-config/demo` through the same repositories that people's changes go through.
@NullMarked
package dev.ringmaster.http.demo;

import org.jspecify.annotations.NullMarked;
