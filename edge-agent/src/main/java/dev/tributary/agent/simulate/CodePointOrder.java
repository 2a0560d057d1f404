package dev.tributary.agent.simulate;

import java.util.Arrays;
import java.util.Comparator;

/** Orders text by its Unicode code points, whatever the locale. */
final class CodePointOrder implements Comparator<String> {
    @Override
    public int compare(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
