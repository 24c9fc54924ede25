package dev.ringmaster.persistence.database;

import java.sql.SQLException;
import java.sql.SQLTransientException;

/// A statement failed: the database is away, or we have a bug. Never the answer to a user's mistake.
public final class DatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    static DatabaseException of(String statement, SQLException cause) {
        // The message of the driver can hold values; the statement holds only placeholders.
        return new DatabaseException("SQLSTATE " + cause.getSQLState() + " in: " + statement.strip(), cause);
    }

    /// A row was not taken because another one with its key is there (SQLSTATE 23505).
    public boolean duplicate() {
        for (var at = getCause(); at != null; at = at.getCause()) {
            if (at instanceof SQLException sql) {
                return "23505".equals(sql.getSQLState());
            }
        }
        return false;
    }

    /// The database is away or has no room just now: the same may work a moment later (SQLSTATE classes 08, 53 and
    /// 57).
    public boolean transientFault() {
        for (var at = getCause(); at != null; at = at.getCause()) {
            if (at instanceof SQLTransientException) {
                return true;
            }
            if (at instanceof SQLException sql) {
                var state = String.valueOf(sql.getSQLState());
                return state.startsWith("08") || state.startsWith("53") || state.startsWith("57");
            }
        }
        return false;
    }
}
