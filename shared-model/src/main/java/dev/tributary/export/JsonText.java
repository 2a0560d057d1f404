package dev.tributary.export;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** JSON's strings and numbers (RFC 8259). */
final class JsonText {
    private JsonText() {}

    static String string(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** The shortest digits that give this float64 again; null where JSON has no number for it. */
    static String number(double value) {
        return Double.isFinite(value) ? Double.toString(value) : "null";
    }

    static String array(Stream<String> texts) {
        return texts.map(JsonText::string).collect(Collectors.joining(", ", "[", "]"));
    }
}
