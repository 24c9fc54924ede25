package dev.ringmaster;

import dev.ringmaster.media.MediaConfig;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.telephony.Edge;
import dev.ringmaster.telephony.base.EdgeConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Media and signalling of a node with the role edge. It stands outside the actor system and lives
/// on when that is started anew.
final class Telephone implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Telephone.class);

    final MediaEngine media;
    final Edge edge;

    private Telephone(MediaEngine media, Edge edge) {
        this.media = media;
        this.edge = edge;
    }

    /// @param node name of the node, the same at every start
    /// @param startedAtMs start of this process: with the name it is the edge's incarnation
    static Telephone start(Settings settings, String node, long startedAtMs) throws IOException {
        var wanted = settings.media();
        var folder = Stores.recordingsInTheMaking(settings);
        var publicAddress = wanted.publicHost().isPresent()
                ? InetAddress.getByName(wanted.publicHost().get())
                : null;
        var media = MediaEngine.start(
                MediaConfig.on(InetAddress.getByName(wanted.host()), wanted.firstPort(), wanted.lastPort(), folder)
                        .withPublicAddress(publicAddress)
                        .withSounds(new PromptFiles(settings.files().resolve("prompts"))));
        try {
            var edge = Edge.start(
                    EdgeConfig.on(
                                    node,
                                    startedAtMs,
                                    settings.sip().getAddress(),
                                    settings.sip().getPort())
                            .withPublicAddress(publicAddress)
                            .withMaxCalls(2 * settings.maxCalls()) // in legs
                            .withTestLines(settings.testLines())
                            .withRecording(settings.testRecording()),
                    media);
            return new Telephone(media, edge);
        } catch (IOException | RuntimeException e) {
            media.close();
            throw e;
        }
    }

    /// Recordings that a crash left behind are sealed and kept like any other.
    void keepLeftRecordings(Stores stores) {
        try {
            for (var left : edge.leftParts()) {
                // The recording's id is its call's, and the number of the conversation.
                var callId = left.recordingId().replaceFirst("-\\d+$", "");
                stores.recordings
                        .seal(callId, left.recordingId(), left.part(), Duration.ZERO, left.length(), left.bytes())
                        .whenComplete((_, failure) -> {
                            if (failure != null) {
                                LOG.warn("recording {} of a crash stays in its folder", left.recordingId(), failure);
                            } else {
                                LOG.info(
                                        "kept {} ms of recording {}",
                                        left.length().toMillis(),
                                        left.recordingId());
                            }
                        });
            }
        } catch (IOException e) {
            LOG.warn("recordings of an earlier crash cannot be read", e);
        }
    }

    @Override
    public void close() {
        edge.close();
        media.close();
    }
}
