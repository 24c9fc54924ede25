/// What the shells' tests share: a post that keeps what is sent, time that is moved by hand.
@NullMarked
package dev.ringmaster.runtime.entity;

import org.jspecify.annotations.NullMarked;
