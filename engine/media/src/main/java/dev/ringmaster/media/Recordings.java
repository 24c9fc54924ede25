package dev.ringmaster.media;

import java.io.IOException;
import java.util.List;

/// The files of recordings of this node.
public interface Recordings {
    /// Seals every part that an earlier process of this node left open: its header is made to say what is there.
    /// Call it before the first stream is opened.
    ///
    /// @return what was found, in the order of their names
    List<RecordingPart> sealLeftBehind() throws IOException;
}
