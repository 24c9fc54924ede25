package dev.ringmaster.telephony.sip;

import gov.nist.core.StackLogger;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// JAIN-SIP's log, sent to SLF4J at DEBUG: what it complains of are messages of others, and it quotes them whole, with
/// their telephone numbers. Its own debug log is off whatever the level: it formats every message several times.
public final class StackLog implements StackLogger {
    private static final Logger LOG = LoggerFactory.getLogger("dev.ringmaster.telephony.sip.stack");

    @Override
    public void logStackTrace() {}

    @Override
    public void logStackTrace(int level) {}

    @Override
    public int getLineCount() {
        return 0;
    }

    /// The stack logs what it could not parse as an exception: that is the sender's fault, not ours.
    @Override
    public void logException(Throwable ex) {
        LOG.debug("stack", ex);
    }

    @Override
    public void logDebug(String message) {}

    @Override
    public void logDebug(String message, Exception ex) {}

    @Override
    public void logTrace(String message) {}

    @Override
    public void logFatalError(String message) {
        LOG.error(message);
    }

    @Override
    public void logError(String message) {
        LOG.debug(message);
    }

    @Override
    public boolean isLoggingEnabled() {
        return true;
    }

    @Override
    public boolean isLoggingEnabled(int level) {
        return level <= TRACE_WARN;
    }

    @Override
    public void logError(String message, Exception ex) {
        LOG.debug(message, ex);
    }

    @Override
    public void logWarning(String message) {
        LOG.debug(message);
    }

    @Override
    public void logInfo(String message) {
        LOG.debug(message);
    }

    @Override
    public void disableLogging() {}

    @Override
    public void enableLogging() {}

    @Override
    public void setBuildTimeStamp(String timeStamp) {}

    @Override
    public void setStackProperties(Properties properties) {}

    @Override
    public String getLoggerName() {
        return LOG.getName();
    }
}
