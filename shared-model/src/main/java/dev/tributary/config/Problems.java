package dev.tributary.config;

import java.util.ArrayList;
import java.util.List;

/** The problems found so far in one file. */
final class Problems {
    private final String file;
    private final List<String> found = new ArrayList<>();

    Problems(String file) {
        this.file = file;
    }

    void add(int line, String path, String reason) {
        String problem = (line > 0 ? file + ":" + line : file) + ": " + (path.isEmpty() ? "" : path + ": ") + reason;
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    List<String> all() {
        return List.copyOf(found);
    }
}
