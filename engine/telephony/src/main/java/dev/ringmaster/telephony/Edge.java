package dev.ringmaster.telephony;

import dev.ringmaster.agent.LinePlan;
import dev.ringmaster.call.CallPlan;
import dev.ringmaster.exchange.LineRef;
import dev.ringmaster.media.MediaEngine;
import dev.ringmaster.port.Telephony;
import dev.ringmaster.telephony.base.Counters;
import dev.ringmaster.telephony.base.EdgeConfig;
import dev.ringmaster.telephony.base.EdgeLoop;
import dev.ringmaster.telephony.line.Lines;
import dev.ringmaster.telephony.sip.SipService;
import dev.ringmaster.telephony.trunk.TrunkBook;
import dev.ringmaster.tenant.Trunk;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// The telephone of one node: SIP legs, agents' lines and their sound, carried out as plans say. It lives outside the
/// actors and outlives them: what is bridged stays bridged while nobody speaks to it.
public final class Edge implements Telephony, AutoCloseable {
    private final EdgeConfig config;
    private final MediaEngine media;
    private final Counters counters = new Counters();
    private final TrunkBook trunks = new TrunkBook();
    private final EdgeLoop loop;
    private final Switchboard switchboard;
    private final Lines lines;
    private final SipService sip;

    private Edge(EdgeConfig config, MediaEngine media) throws IOException {
        this.config = config;
        this.media = media;
        loop = new EdgeLoop(config.node(), counters);
        switchboard = new Switchboard(config.incarnation(), loop, counters);
        lines = new Lines(config, media, loop, counters, new LineCalls());
        sip = new SipService(config, loop, counters, trunks, media, switchboard);
        switchboard.connect(sip, lines);
    }

    /// Opens the SIP ports. Nobody is trusted before [#trunks] has been called.
    ///
    /// @throws IOException when the port is taken
    public static Edge start(EdgeConfig config, MediaEngine media) throws IOException {
        return new Edge(config, media);
    }

    private final class LineCalls implements Lines.Calls {
        @Override
        public Optional<CallPlan> plan(String callId) {
            return switchboard.plan(callId);
        }

        @Override
        public void lineChanged(String callId) {
            switchboard.lineChanged(callId);
        }

        @Override
        public Telephony.@Nullable Listener listener() {
            return switchboard.listener();
        }
    }

    /// A part of a recording that a crash of an earlier process left; sealed now.
    ///
    /// @param part its file name in the edge's folder of recordings
    public record LeftPart(String recordingId, String part, Duration length, long bytes) {}

    /// Seals what an earlier process left behind; to be called once, before the first call.
    public List<LeftPart> leftParts() throws IOException {
        var parts = new ArrayList<LeftPart>();
        for (var part : media.recordings().sealLeftBehind()) {
            parts.add(new LeftPart(
                    part.recordingId(),
                    String.valueOf(part.file().getFileName()),
                    part.length(),
                    Files.size(part.file())));
        }
        return List.copyOf(parts);
    }

    /// Events since the start, by name: for metrics.
    public Map<String, Long> counters() {
        return counters.snapshot();
    }

    /// SIP legs held now.
    public int legs() {
        return sip.legs();
    }

    @Override
    public String edge() {
        return config.incarnation();
    }

    @Override
    public void listen(Listener listener) {
        switchboard.listen(listener);
    }

    @Override
    public void trunks(List<Trunk> now) {
        trunks.replace(now);
        sip.prepare(now);
    }

    @Override
    public void carryOut(CallPlan plan) {
        var seen = System.nanoTime();
        switchboard.expect(plan);
        loop.run(() -> switchboard.carryOut(plan, goodFor -> System.nanoTime() - seen > goodFor.toNanos()));
    }

    @Override
    public void carryOut(LinePlan plan) {
        loop.run(() -> lines.carryOut(plan));
    }

    @Override
    public void refuse(String legId, int sipStatus, String reason, int retryAfterS) {
        loop.run(() -> switchboard.refuse(legId, sipStatus, reason, retryAfterS));
    }

    @Override
    public CompletionStage<LineAnswer> openLine(String agentId, long fence, String sdpOffer) {
        return lines.open(agentId, fence, sdpOffer);
    }

    @Override
    public Held held() {
        return new Held(switchboard.held(), lines.held());
    }

    @Override
    public boolean lineAlive(LineRef line) {
        return lines.isAlive(line);
    }

    /// Closes the ports. Running calls are not ended on the wire: that is for plans to say before.
    @Override
    public void close() {
        loop.close();
        sip.close();
    }
}
