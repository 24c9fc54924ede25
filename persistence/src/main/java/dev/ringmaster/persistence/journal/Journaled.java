package dev.ringmaster.persistence.journal;

/// An event on its way into the journal, together with whose it is: that decides the key that seals it.
record Journaled(String persistenceId, Object event) {}
