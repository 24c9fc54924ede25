package dev.ringmaster.media.dtls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/// The self-signed certificate of this process. Peers know it by its fingerprint in the SDP, so it needs no name
/// and no end, and a new process makes a new one.
public final class DtlsIdentity {
    private static final Date FROM = Date.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final Date TO = Date.from(Instant.parse("2120-01-01T00:00:00Z"));

    final BcTlsCrypto crypto;
    final Certificate certificate;
    final AsymmetricKeyParameter privateKey;
    private final String fingerprint;

    private DtlsIdentity(
            BcTlsCrypto crypto, Certificate certificate, AsymmetricKeyParameter privateKey, String fingerprint) {
        this.crypto = crypto;
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.fingerprint = fingerprint;
    }

    public static DtlsIdentity create() {
        try {
            var random = new SecureRandom();
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            var pair = generator.generateKeyPair();
            var name = new X500Name("CN=ringmaster");
            var encoded = new JcaX509v3CertificateBuilder(
                            name, new BigInteger(63, random), FROM, TO, name, pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
                    .getEncoded();
            var crypto = new BcTlsCrypto(random);
            return new DtlsIdentity(
                    crypto,
                    new Certificate(new TlsCertificate[] {crypto.createCertificate(encoded)}),
                    PrivateKeyFactory.createKey(pair.getPrivate().getEncoded()),
                    Fingerprint.of(encoded));
        } catch (GeneralSecurityException | OperatorCreationException | IOException fault) {
            throw new IllegalStateException("no certificate could be made", fault);
        }
    }

    public String fingerprint() {
        return fingerprint;
    }
}
