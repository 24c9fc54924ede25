package dev.ringmaster.persistence.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// As whom PostgreSQL's programs run: they refuse to be root. An ordinary user runs them as himself; root hides
/// himself in a user namespace, or, where containers forbid that, lends the data directory to `nobody`.
enum ServerAccount {
    SELF,
    USER_NAMESPACE,
    NOBODY;

    static ServerAccount choose() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return SELF;
        }
        for (var account : List.of(USER_NAMESPACE, NOBODY)) {
            if (account.works()) {
                return account;
            }
        }
        throw new DatabaseException(
                "PostgreSQL does not run as root, and neither a user namespace (unshare -U) nor setpriv is allowed here. "
                        + "Start Ringmaster as an ordinary user, or set RINGMASTER_DATABASE to an outside PostgreSQL.");
    }

    List<String> command(List<String> command) {
        var whole = new ArrayList<>(prefix());
        whole.addAll(command);
        return whole;
    }

    /// Makes a file or folder readable and writable for the server.
    void lend(Path path) {
        if (this == NOBODY) {
            run(List.of("chown", "-R", "65534:65534", path.toString()));
        }
    }

    private List<String> prefix() {
        return switch (this) {
            case SELF -> List.of();
            case USER_NAMESPACE -> List.of("unshare", "-U");
            case NOBODY -> List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
        };
    }

    private boolean works() {
        try {
            return run(command(List.of("true")));
        } catch (DatabaseException _) {
            return false;
        }
    }

    private static boolean run(List<String> command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            throw new DatabaseException(command.getFirst() + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while running " + command.getFirst(), e);
        }
    }
}
