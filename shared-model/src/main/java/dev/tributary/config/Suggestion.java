package dev.tributary.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** What somebody who wrote an unknown key probably meant. */
final class Suggestion {
    private static final int CLOSE = 2;

    private Suggestion() {}

    static String among(Collection<String> known, String key) {
        return known.stream()
                .filter(candidate -> distance(candidate, key) <= CLOSE)
                .min(Comparator.comparingInt(candidate -> distance(candidate, key)))
                .map(candidate -> "; did you mean " + candidate + "?")
                .orElse(known.isEmpty() ? "" : "; known here: " + String.join(", ", known));
    }

    /** The edit distance of Levenshtein (1966), without regard to case. */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitution, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
