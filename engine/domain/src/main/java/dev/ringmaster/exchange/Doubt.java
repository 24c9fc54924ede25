package dev.ringmaster.exchange;

/// What the auditor tells the owner of a fact: another owner says something that does not go with it. It is no
/// command: the owner looks for itself, asks the other side where it has to, and decides.
///
/// @param about what is doubted: a leg, a token, a group, a debt, a fence
/// @param with whose word stands against it: an edge, an agent, a call, a queue
public record Doubt(Kind kind, String about, String with) {
    /// What can be wrong between two owners.
    public enum Kind {
        /// The journal has it open, and no entity lives.
        NOT_LIVE,
        /// An edge holds a leg that no live call plans.
        LEG_UNPLANNED,
        /// A live call plans a leg that its edge does not hold.
        LEG_MISSING,
        /// A call talks with an agent who does not have it.
        CALL_WITHOUT_AGENT,
        /// An agent talks in a call that does not have her.
        AGENT_WITHOUT_CALL,
        /// It rings at an agent under a token that its call does not know.
        RING_UNKNOWN,
        /// A call waits in a group whose queue does not know.
        NOT_IN_QUEUE,
        /// A queue counts a call that does not wait there.
        WRONG_QUEUE,
        /// A free agent is missing in a queue of hers.
        FREE_NOT_IN_QUEUE,
        /// More than one live browser session under one fence, or one under an older fence.
        SECOND_SESSION,
        /// A deadline has passed and nothing has followed.
        OVERDUE,
        /// A message is owed and nobody confirms it.
        OWED_TOO_LONG,
        /// More seats are used than granted.
        SEATS_OVER_GRANTED
    }
}
