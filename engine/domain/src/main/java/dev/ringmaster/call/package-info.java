/// The life of one call: IVR, queue, offer, talk, hold, survey, end.
@NullMarked
package dev.ringmaster.call;

import org.jspecify.annotations.NullMarked;
