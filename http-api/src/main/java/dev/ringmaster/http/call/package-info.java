/// Call records, their recordings and journals, the service track.
@NullMarked
package dev.ringmaster.http.call;

import org.jspecify.annotations.NullMarked;
