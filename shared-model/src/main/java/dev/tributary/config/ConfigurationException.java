package dev.tributary.config;

import java.util.List;

/** A configuration that cannot be used; the message has one line for each problem. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** An exception with these problems, at least one. */
    public ConfigurationException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** The problems, each "file:line: key: reason". */
    public List<String> problems() {
        return problems;
    }
}
