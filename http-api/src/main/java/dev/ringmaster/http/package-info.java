/// Routes, sessions and the live socket: the HTTP door of a node.
@NullMarked
package dev.ringmaster.http;

import org.jspecify.annotations.NullMarked;
