package dev.ringmaster.persistence.database;

import java.sql.SQLException;

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
}
