/// Keys: RFC 4733 telephone-events in and out.
@NullMarked
package dev.ringmaster.media.dtmf;

import org.jspecify.annotations.NullMarked;
