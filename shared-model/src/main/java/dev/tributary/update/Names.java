package dev.tributary.update;

import java.util.regex.Pattern;

/** The syntax of device and federation names (docs/wire-protocol.md). */
final class Names {
    private static final Pattern SYNTAX = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private Names() {}

    static void require(String field, String value) {
        if (!SYNTAX.matcher(value).matches() || value.equals(".") || value.equals("..")) {
            throw new IllegalArgumentException(field + " must be 1 to 64 of A-Z a-z 0-9 . _ - and not . or .., was \""
                    + abbreviated(value) + "\"");
        }
        if (value.startsWith("coordinator-") || value.startsWith("monitor-")) {
            throw new IllegalArgumentException(field
                    + " must not start with coordinator- or monitor-, which the broker keeps for other roles, was \""
                    + value + "\"");
        }
    }

    private static String abbreviated(String value) {
        return value.length() <= 80 ? value : value.substring(0, 80) + "…";
    }
}
