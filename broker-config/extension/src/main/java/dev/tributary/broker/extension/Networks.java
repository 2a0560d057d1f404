package dev.tributary.broker.extension;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The addresses that may connect.
 *
 * @param text what was configured
 */
record Networks(String text, boolean loopback, boolean privateRanges, boolean any, List<Range> ranges) {
    Networks {
        ranges = List.copyOf(ranges);
    }

    /**
     * Reads a list such as {@code loopback,private,10.1.0.0/16}.
     *
     * @throws IllegalArgumentException if an entry is neither a word of the list nor a range of literal addresses
     */
    static Networks parse(String text) {
        boolean loopback = false;
        boolean privateRanges = false;
        boolean any = false;
        List<Range> ranges = new ArrayList<>();
        for (String entry : text.split(",", -1)) {
            switch (entry.trim()) {
                case "loopback" -> loopback = true;
                case "private" -> privateRanges = true;
                case "any" -> any = true;
                default -> ranges.add(Range.parse(entry.trim()));
            }
        }
        return new Networks(text, loopback, privateRanges, any, ranges);
    }

    /** Whether a client at this address may connect; one whose address is unknown may not, unless any may. */
    boolean contain(Optional<InetAddress> address) {
        return any
                || address.filter(known -> (loopback && known.isLoopbackAddress())
                                || (privateRanges && isPrivate(known))
                                || ranges.stream().anyMatch(range -> range.contains(known)))
                        .isPresent();
    }

    private static boolean isPrivate(InetAddress address) {
        boolean uniqueLocal = address.getAddress().length == 16 && (address.getAddress()[0] & 0xfe) == 0xfc;
        return address.isSiteLocalAddress() || uniqueLocal;
    }
}
