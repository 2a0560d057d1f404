package dev.tributary.broker.extension;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A range of IPv4 or IPv6 addresses in prefix notation (RFC 4632, RFC 4291).
 *
 * @param addressBytes 4 or 16
 * @param prefix the common leading bits, as a number
 * @param prefixBits how many bits are common
 */
record Range(int addressBytes, BigInteger prefix, int prefixBits) {
    /** Letters beyond these would make the JDK ask a name server. */
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads {@code 10.1.0.0/16}, {@code fd00::/8}, or a single address.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static Range parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length > 2 || !LITERAL.matcher(parts[0]).matches()) {
            throw new IllegalArgumentException(
                    "networks must be loopback, private, any or a range such as 10.1.0.0/16, was \"" + text + "\"");
        }
        try {
            byte[] address = InetAddress.getByName(parts[0]).getAddress();
            int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : address.length * 8;
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException(
                        "networks must have a prefix of 0 to " + address.length * 8 + " bits, was \"" + text + "\"");
            }
            return new Range(address.length, leading(address, bits), bits);
        } catch (UnknownHostException | NumberFormatException odd) {
            throw new IllegalArgumentException("networks must hold addresses and numbers, was \"" + text + "\"", odd);
        }
    }

    /** Whether an address of the same family starts with the prefix. */
    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == addressBytes && leading(bytes, prefixBits).equals(prefix);
    }

    private static BigInteger leading(byte[] address, int bits) {
        return new BigInteger(1, address).shiftRight(address.length * 8 - bits);
    }
}
