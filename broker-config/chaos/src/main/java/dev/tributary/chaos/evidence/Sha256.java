package dev.tributary.chaos.evidence;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as evidence names bytes. */
public final class Sha256 {
    private Sha256() {}

    /** The digest in lower-case hexadecimal digits. */
    public static String hex(byte... bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
