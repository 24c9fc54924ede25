package dev.ringmaster.agent;

import dev.ringmaster.exchange.LineRef;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Where she sits: the one browser session that counts, and her standing line (AGT-012).
///
/// @param fence number of the session, 0 = none yet
/// @param resumeHashes tokens that prove the same browser, newest first: the last answer may never have reached it
/// @param sessionLostAt since when the session is lost, empty = connected
/// @param line where her voice is
/// @param lineFence the fence under which the line was opened
/// @param lineVersion counts every change of the line up
/// @param lineLostAt since when there is no line
/// @param closing an older line that is to be closed and has not been reported lost yet
public record Presence(
        long fence,
        String sessionId,
        List<String> resumeHashes,
        Optional<Instant> sessionLostAt,
        Optional<LineRef> line,
        long lineFence,
        long lineVersion,
        Optional<Instant> lineLostAt,
        Optional<LineRef> closing) {
    static final Presence NONE = new Presence(
            0, "", List.of(), Optional.empty(), Optional.empty(), 0, 0, Optional.empty(), Optional.empty());

    public Presence {
        resumeHashes = List.copyOf(resumeHashes);
    }

    boolean connected() {
        return fence > 0 && sessionLostAt.isEmpty();
    }

    boolean heldBy(long of) {
        return fence > 0 && of == fence;
    }

    /// Since when neither session nor line is there.
    Optional<Instant> bothLostAt() {
        if (sessionLostAt.isEmpty() || line.isPresent()) {
            return Optional.empty();
        }
        var session = sessionLostAt.get();
        return Optional.of(lineLostAt.filter(session::isBefore).orElse(session));
    }

    Presence opened(AgentEvent.SessionOpened e) {
        // The last answer may have got lost with its token, so the one before still proves the same browser; not so
        // when another browser has taken over.
        var hashes = e.resumed() && !resumeHashes.isEmpty()
                ? List.of(e.resumeHash(), resumeHashes.getFirst())
                : List.of(e.resumeHash());
        var next = new Presence(
                e.fence(), e.sessionId(), hashes, Optional.empty(), line, lineFence, lineVersion, lineLostAt, closing);
        return e.resumed() ? next : next.withoutLine(e.at(), line.or(() -> closing));
    }

    Presence lost(Instant at) {
        return new Presence(
                fence, sessionId, resumeHashes, Optional.of(at), line, lineFence, lineVersion, lineLostAt, closing);
    }

    Presence lineOpened(LineRef opened) {
        return new Presence(
                fence,
                sessionId,
                resumeHashes,
                sessionLostAt,
                Optional.of(opened),
                fence,
                lineVersion + 1,
                Optional.empty(),
                Optional.empty());
    }

    Presence lineLost(LineRef lost, Instant at) {
        if (line.filter(lost::equals).isPresent()) {
            return withoutLine(at, closing);
        }
        return closing.filter(lost::equals).isPresent() ? withoutClosing() : this;
    }

    /// Off duty: her line is no longer wanted.
    Presence lineDismissed(Instant at) {
        return line.isPresent() ? withoutLine(at, line) : this;
    }

    private Presence withoutLine(Instant at, Optional<LineRef> stillToClose) {
        return new Presence(
                fence,
                sessionId,
                resumeHashes,
                sessionLostAt,
                Optional.empty(),
                0,
                line.isPresent() ? lineVersion + 1 : lineVersion,
                line.isPresent() ? Optional.of(at) : lineLostAt,
                stillToClose);
    }

    private Presence withoutClosing() {
        return new Presence(
                fence,
                sessionId,
                resumeHashes,
                sessionLostAt,
                line,
                lineFence,
                lineVersion,
                lineLostAt,
                Optional.empty());
    }

    Optional<LinePlan> plan(String agentId, long version, Optional<String> callId, boolean alert) {
        return line.map(l -> new LinePlan(agentId, l, version, lineFence, true, callId, alert))
                .or(() -> closing.map(l -> new LinePlan(agentId, l, version, fence, false, Optional.empty(), false)));
    }
}
