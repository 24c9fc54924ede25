package dev.ringmaster.http.live;

import dev.ringmaster.agent.AgentProfile;
import dev.ringmaster.http.web.Caller;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Knows who stands behind a hello. May wait for the database.
public interface Visitors {
    /// @param instance id or address, as the browser said it; a token of another instance is nobody's
    Optional<Visitor> visitor(String accessToken, String instance);

    /// Whether the login still stands.
    boolean stillLoggedIn(String accessToken);

    /// Remembers the caller number that an agent used last (AGT-032).
    void calledWith(Caller caller, String number);

    /// Remembers her choice for the profile card (AGT-024).
    void autoAnswers(Caller caller, boolean on);

    /// @param me what `GET /api/v1/me` says
    /// @param boardGroups the groups whose queue she may watch
    /// @param names display names of the instance's people by id, for boards
    record Visitor(
            Caller caller, AgentProfile profile, Object me, List<Board.Group> boardGroups, Map<String, String> names) {
        public Visitor {
            boardGroups = List.copyOf(boardGroups);
            names = Map.copyOf(names);
        }
    }
}
