/// Sound for load: hundreds of telephones and browsers in one process of their own. No tests.
@NullMarked
package dev.ringmaster.media.load;

import org.jspecify.annotations.NullMarked;
