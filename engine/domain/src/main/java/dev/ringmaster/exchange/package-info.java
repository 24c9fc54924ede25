/// What the owners of facts say to each other: offers, rings, answers, ends. Every message is sent until it is
/// confirmed.
@NullMarked
package dev.ringmaster.exchange;

import org.jspecify.annotations.NullMarked;
