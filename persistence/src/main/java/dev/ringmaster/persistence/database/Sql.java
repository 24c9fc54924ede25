package dev.ringmaster.persistence.database;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Prepared statements on one connection. Arguments are bound by their type: `Instant` as `timestamptz`, an
/// `Optional` as its value or NULL, a collection of strings as `text[]`, arrays of times,
/// numbers or bytes as such, an enum by its name.
public final class Sql {
    private final Connection connection;
    private final List<Runnable> committed = new ArrayList<>();

    public Sql(Connection connection) {
        this.connection = connection;
    }

    /// What is done inside a transaction.
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T run(Sql sql) throws SQLException;
    }

    /// One row of an answer.
    @FunctionalInterface
    public interface Row<T extends @Nullable Object> {
        T read(ResultSet row) throws SQLException;
    }

    /// Runs the work in one transaction: all of it is committed, or nothing.
    public static <T extends @Nullable Object> T inTransaction(DataSource source, Work<T> work) {
        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var sql = new Sql(connection);
                var result = work.run(sql);
                connection.commit();
                sql.committed.forEach(Runnable::run);
                return result;
            } catch (SQLException | RuntimeException | Error failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw DatabaseException.of("transaction", e);
        }
    }

    /// Done when this transaction has committed; not if it fails.
    public void afterCommit(Runnable action) {
        committed.add(action);
    }

    /// Runs single statements, each committed by itself.
    public static <T extends @Nullable Object> T reading(DataSource source, Work<T> work) {
        try (var connection = source.getConnection()) {
            return work.run(new Sql(connection));
        } catch (SQLException e) {
            throw DatabaseException.of("read", e);
        }
    }

    public <T> List<T> list(String query, Row<T> row, @Nullable Object... arguments) {
        try (var statement = prepare(query, arguments);
                var answer = statement.executeQuery()) {
            var rows = new ArrayList<T>();
            while (answer.next()) {
                rows.add(row.read(answer));
            }
            return rows;
        } catch (SQLException e) {
            throw DatabaseException.of(query, e);
        }
    }

    public <T> Optional<T> first(String query, Row<T> row, @Nullable Object... arguments) {
        return list(query, row, arguments).stream().findFirst();
    }

    public boolean exists(String query, @Nullable Object... arguments) {
        return first(query, _ -> true, arguments).isPresent();
    }

    /// The number of rows changed.
    public int update(String statement, @Nullable Object... arguments) {
        try (var prepared = prepare(statement, arguments)) {
            return prepared.executeUpdate();
        } catch (SQLException e) {
            throw DatabaseException.of(statement, e);
        }
    }

    /// One statement for many rows, sent together.
    ///
    /// @param rows the arguments of each
    public void batch(String statement, Collection<? extends @Nullable Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (var prepared = connection.prepareStatement(statement)) {
            for (var row : rows) {
                for (int i = 0; i < row.length; i++) {
                    bind(prepared, i + 1, row[i]);
                }
                prepared.addBatch();
            }
            prepared.executeBatch();
        } catch (BatchUpdateException e) {
            // Its message holds the values of a row; that of its cause does not.
            var cause = e.getNextException();
            throw DatabaseException.of(statement, cause == null ? new SQLException("batch", e.getSQLState()) : cause);
        } catch (SQLException e) {
            throw DatabaseException.of(statement, e);
        }
    }

    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    public static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    private PreparedStatement prepare(String query, @Nullable Object... arguments) throws SQLException {
        var statement = connection.prepareStatement(query);
        try {
            for (int i = 0; i < arguments.length; i++) {
                bind(statement, i + 1, arguments[i]);
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    private void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            // The database keeps microseconds and would round up; an event's time is never moved into the future.
            case Instant time ->
                statement.setObject(
                        index, OffsetDateTime.ofInstant(time.truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
            case Instant[] times ->
                statement.setArray(
                        index,
                        connection.createArrayOf(
                                "timestamptz",
                                Arrays.stream(times)
                                        .map(time -> time.truncatedTo(ChronoUnit.MICROS)
                                                .toString())
                                        .toArray()));
            case Optional<?> optional -> bind(statement, index, optional.orElse(null));
            case Long[] numbers -> statement.setArray(index, connection.createArrayOf("bigint", numbers));
            case Integer[] numbers -> statement.setArray(index, connection.createArrayOf("integer", numbers));
            case byte[][] bytes -> statement.setArray(index, connection.createArrayOf("bytea", bytes));
            case Collection<?> texts -> statement.setArray(index, connection.createArrayOf("text", texts.toArray()));
            case Enum<?> name -> statement.setString(index, name.name());
            case null -> statement.setObject(index, null);
            default -> statement.setObject(index, value);
        }
    }

    private static void rollBack(Connection connection, Throwable cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }
}
