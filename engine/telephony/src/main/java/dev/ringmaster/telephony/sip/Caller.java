package dev.ringmaster.telephony.sip;

import dev.ringmaster.base.PhoneNumber;
import gov.nist.javax.sip.header.ims.PAssertedIdentityHeader;
import gov.nist.javax.sip.message.SIPRequest;
import java.util.Optional;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;

/// Who calls whom, as an INVITE says it.
final class Caller {
    /// Longer than any number; a peer may send what it likes.
    private static final int MAX_LENGTH = 64;

    private Caller() {}

    static PhoneNumber number(SIPRequest invite) {
        return new PhoneNumber(user(identity(invite).getURI()));
    }

    static Optional<String> name(SIPRequest invite) {
        return Optional.ofNullable(identity(invite).getDisplayName())
                .map(name -> name.replace("\"", "").strip())
                .filter(name -> !name.isEmpty())
                .map(name -> name.length() > MAX_LENGTH ? name.substring(0, MAX_LENGTH) : name);
    }

    static PhoneNumber called(SIPRequest invite) {
        return new PhoneNumber(user(invite.getRequestURI()));
    }

    private static Address identity(SIPRequest invite) {
        return invite.getHeader("P-Asserted-Identity") instanceof PAssertedIdentityHeader asserted
                        && asserted.getAddress() != null
                ? asserted.getAddress()
                : invite.getFrom().getAddress();
    }

    private static String user(URI uri) {
        var user = switch (uri) {
            case SipURI sip -> sip.getUser() == null ? "" : sip.getUser();
            case TelURL tel -> (tel.isGlobal() ? "+" : "") + tel.getPhoneNumber();
            default -> "";
        };
        var bare = user.split(";", 2)[0];
        return bare.length() > MAX_LENGTH ? bare.substring(0, MAX_LENGTH) : bare;
    }
}
