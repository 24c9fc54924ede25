package dev.ringmaster.media.webrtc;

import dev.ringmaster.media.IceCredentials;
import dev.ringmaster.media.MediaStream;
import dev.ringmaster.media.SecureListener;
import dev.ringmaster.media.SecureRemote;
import dev.ringmaster.media.SecureState;
import dev.ringmaster.media.SecureStream;
import dev.ringmaster.media.StreamSpec;
import dev.ringmaster.media.dtls.DtlsAssociation;
import dev.ringmaster.media.dtls.DtlsIdentity;
import dev.ringmaster.media.shard.Shard;
import dev.ringmaster.media.srtp.SrtpKeys;
import dev.ringmaster.media.srtp.SrtpSession;
import dev.ringmaster.media.stream.Hub;
import dev.ringmaster.media.stream.LiveStream;
import dev.ringmaster.media.stun.StunRequest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A browser's line: ICE-lite (we only answer checks and take the pair that is nominated), one DTLS association,
/// SRTP.
public final class BrowserLine extends LiveStream implements SecureStream, DtlsAssociation.Listener {
    private static final long LOST_NANOS = 10_000_000_000L;
    /// RFC 7675: without a check for this long we may not send any more.
    private static final long CONSENT_NANOS = 30_000_000_000L;
    /// Addresses one browser may check from: its interfaces, and what NATs and TURN make of them.
    private static final int MAX_ADDRESSES = 16;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ICE_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final WebPort port;
    private final DtlsIdentity identity;
    private final SecureListener secureListener;
    private final Set<InetSocketAddress> addresses = new LinkedHashSet<>();

    // what telephony has agreed with the browser; guarded by this
    private IceCredentials credentials = fresh();
    private @Nullable SecureRemote agreed;

    private volatile SecureState state = SecureState.WAITING;
    private IceCredentials current = credentials;
    private @Nullable SecureRemote remote;
    private volatile @Nullable InetSocketAddress peer;
    private @Nullable DtlsAssociation association;
    private @Nullable SrtpSession srtp;
    private long checkedNanos;
    /// Whether a new handshake may replace the association: after an ICE restart.
    private boolean mayRenew;

    public BrowserLine(
            StreamSpec spec, SecureListener listener, Hub hub, Shard shard, WebPort port, DtlsIdentity identity) {
        super(spec, listener, hub, shard);
        this.secureListener = listener;
        this.port = port;
        this.identity = identity;
    }

    public void open() {
        var first = ice();
        shard.submit(() -> {
            shard.join(this);
            port.listenFor(first.ufrag(), this);
        });
    }

    @Override
    public synchronized IceCredentials ice() {
        return credentials;
    }

    @Override
    public synchronized IceCredentials remote(SecureRemote wished) {
        Objects.requireNonNull(wished);
        var before = agreed;
        if (!wished.equals(before)) {
            agreed = wished;
            boolean another = before != null
                    && !(before.iceUfrag().equals(wished.iceUfrag())
                            && before.fingerprint().equals(wished.fingerprint()));
            if (another) {
                credentials = fresh();
            }
            var mine = credentials;
            shard.submit(() -> converge(wished, mine));
        }
        return credentials;
    }

    @Override
    public SecureState state() {
        return state;
    }

    @Override
    public MediaStream handle() {
        return this;
    }

    @Override
    protected boolean canSend() {
        return srtp != null && peer != null && (state == SecureState.CONNECTED || state == SecureState.LOST);
    }

    @Override
    protected boolean expectsMedia() {
        return state == SecureState.CONNECTED;
    }

    @Override
    protected boolean transmit(int length) {
        var to = peer;
        if (srtp == null || to == null) {
            return false;
        }
        int secured = srtp.protect(shard.out, length);
        return secured > 0 && port.send(to, secured);
    }

    @Override
    protected boolean transmitControl(int length) {
        var to = peer;
        if (srtp == null || to == null) {
            return false;
        }
        int secured = srtp.protectControl(shard.out, length);
        return secured > 0 && port.send(to, secured);
    }

    @Override
    protected void everySecond(long nowNanos) {
        if (state != SecureState.CONNECTING && state != SecureState.CONNECTED && state != SecureState.LOST) {
            return;
        }
        long silent = nowNanos - checkedNanos;
        if (silent > CONSENT_NANOS) {
            become(SecureState.FAILED, "checks-stopped");
        } else if (silent > LOST_NANOS) {
            become(SecureState.LOST, "checks-stopped");
        }
    }

    @Override
    protected void closeTransport() {
        port.forget(current.ufrag());
        forgetAddresses();
        endAssociation();
    }

    /// An ICE check with our ufrag has come.
    void check(StunRequest request, String theirUfrag, InetSocketAddress from, long nowNanos) {
        if (isClosed() || !request.isAuthentic(current.password())) {
            refuse();
            return;
        }
        if (remote == null || !theirUfrag.equals(remote.iceUfrag())) {
            return;
        }
        if (!addresses.contains(from)) {
            forgetOldest();
            addresses.add(from);
            port.listenTo(from, this);
        }
        try {
            var answer = request.success(from, current.password());
            port.send(from, answer, 0, answer.length);
        } catch (IOException _) {
            // as if it were lost on the way: the next check comes
        }
        checkedNanos = nowNanos;
        if (peer == null || request.nominates()) {
            peer = from;
        }
        switch (state) {
            case WAITING, LOST -> become(srtp == null ? SecureState.CONNECTING : SecureState.CONNECTED, "checked");
            case CONNECTING, CONNECTED, FAILED -> {}
        }
    }

    /// A DTLS packet, in [Shard#in].
    void handshake(int length) {
        if (isClosed() || remote == null || state == SecureState.FAILED) {
            return;
        }
        if (mayRenew && srtp != null && isClientHello(length)) {
            // an offer by another page that shares the certificate: it begins from the beginning
            endAssociation();
            become(SecureState.CONNECTING, "handshake-again");
        }
        if (association == null) {
            association = new DtlsAssociation(id(), identity, remote.fingerprint(), this::sendHandshake, this);
            association.start();
        }
        association.datagram(shard.in, length);
    }

    void secured(int length, long nowNanos) {
        int plain = srtp == null ? -1 : srtp.unprotect(shard.in, length);
        if (plain > 0 && packet().parse(shard.in, plain)) {
            receive(packet(), nowNanos);
        } else {
            refuse();
        }
    }

    void securedControl(int length, long nowNanos) {
        int plain = srtp == null ? -1 : srtp.unprotectControl(shard.in, length);
        if (plain > 0) {
            receiveControl(plain, nowNanos);
        } else {
            refuse();
        }
    }

    @Override
    public void connected(DtlsAssociation which, SrtpKeys keys) {
        try {
            var session = new SrtpSession(keys, true, (int) ssrc());
            shard.submit(() -> {
                if (which.equals(association) && !isClosed()) {
                    srtp = session;
                    mayRenew = false;
                    become(SecureState.CONNECTED, "handshake");
                }
            });
        } catch (GeneralSecurityException fault) {
            ended(which, "cipher");
        }
    }

    @Override
    public void ended(DtlsAssociation which, String reason) {
        shard.submit(() -> {
            if (which.equals(association)) {
                endAssociation();
                become(SecureState.FAILED, reason);
            }
        });
    }

    private void converge(SecureRemote wished, IceCredentials mine) {
        if (isClosed()) {
            return;
        }
        boolean anotherEnd = remote != null && !remote.fingerprint().equals(wished.fingerprint());
        remote = wished;
        send(wished.codec(), wished.telephoneEvent());
        if (!mine.equals(current)) {
            port.forget(current.ufrag());
            current = mine;
            port.listenFor(mine.ufrag(), this);
            mayRenew = srtp != null;
        }
        if (anotherEnd) {
            endAssociation();
            forgetAddresses();
        }
        if (anotherEnd || state == SecureState.FAILED) {
            become(SecureState.WAITING, "offered-again");
        }
    }

    /// The first flight of a handshake: content type 22, epoch 0, message type 1 (RFC 6347 §4.1, §4.2.2).
    private boolean isClientHello(int length) {
        return length > 13 && shard.in[0] == 22 && shard.in[3] == 0 && shard.in[4] == 0 && shard.in[13] == 1;
    }

    private void endAssociation() {
        if (association != null) {
            association.close();
            association = null;
        }
        if (srtp != null) {
            srtp.close();
            srtp = null;
        }
    }

    private void forgetOldest() {
        if (addresses.size() >= MAX_ADDRESSES) {
            addresses.stream().filter(known -> !known.equals(peer)).findFirst().ifPresent(oldest -> {
                addresses.remove(oldest);
                port.forget(oldest, this);
            });
        }
    }

    private void forgetAddresses() {
        addresses.forEach(address -> port.forget(address, this));
        addresses.clear();
        peer = null;
    }

    private void sendHandshake(byte[] bytes, int at, int length) throws IOException {
        var to = peer;
        if (to != null) {
            port.send(to, bytes, at, length);
        }
    }

    private void become(SecureState next, String reason) {
        if (state != next) {
            state = next;
            tell(() -> secureListener.onSecureState(next, reason));
        }
    }

    private static IceCredentials fresh() {
        return new IceCredentials(random(8), random(24));
    }

    private static String random(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARACTERS.charAt(RANDOM.nextInt(ICE_CHARACTERS.length())));
        }
        return text.toString();
    }
}
