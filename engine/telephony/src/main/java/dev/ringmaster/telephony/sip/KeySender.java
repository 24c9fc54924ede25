package dev.ringmaster.telephony.sip;

import dev.ringmaster.call.CallPlan;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sip.message.Request;

/// Sends keys to a party, each id once: as RFC 4733 events, or by INFO one after another (the next after the answer).
final class KeySender {
    /// Keys that wait for INFO answers; beyond it they are dropped.
    private static final int MAX_WAITING = 64;

    private final SipLeg leg;
    private final Surroundings around;
    private final boolean byInfo;
    private final Set<String> known = new HashSet<>();
    private final ArrayDeque<Character> waiting = new ArrayDeque<>();
    private boolean sending;

    KeySender(SipLeg leg, Surroundings around, boolean byInfo) {
        this.leg = leg;
        this.around = around;
        this.byInfo = byInfo;
    }

    void send(List<CallPlan.Digits> wished) {
        for (var digits : wished) {
            if (known.add(digits.id())) {
                send(digits.keys().value());
            }
        }
    }

    /// Another edge has sent these already.
    void forget(List<CallPlan.Digits> sent) {
        sent.forEach(digits -> known.add(digits.id()));
    }

    private void send(String keys) {
        if (!byInfo) {
            leg.audio().sendDigits(keys);
            return;
        }
        keys.chars()
                .filter(key -> "0123456789*#ABCD".indexOf(key) >= 0 && waiting.size() < MAX_WAITING)
                .forEach(key -> waiting.add((char) key));
        next();
    }

    private void next() {
        if (sending || waiting.isEmpty() || !leg.isEstablished()) {
            return;
        }
        sending = true;
        var info = leg.dialog().request(Request.INFO, around.wire(), around.hops());
        Headers.body(info, "application", "dtmf-relay", "Signal=" + waiting.remove() + "\r\nDuration=160\r\n");
        around.wire().send(info, leg.dialog().transport(), new Answers() {
            @Override
            public void response(SIPResponse response) {
                if (response.getStatusCode() >= 200) {
                    lost();
                }
            }

            @Override
            public void lost() {
                sending = false;
                next();
            }
        });
    }
}
