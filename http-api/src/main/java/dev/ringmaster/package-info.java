/// The program: reads settings, makes every module once, starts and stops the node.
@NullMarked
package dev.ringmaster;

import org.jspecify.annotations.NullMarked;
