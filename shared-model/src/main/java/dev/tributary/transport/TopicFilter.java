package dev.tributary.transport;

import java.util.List;

/** An MQTT topic filter (MQTT 5.0, section 4.7), with {@code +} for one level and a final {@code #} for all the rest. */
public record TopicFilter(String text) {
    public TopicFilter {
        List<String> levels = levels(text);
        for (int i = 0; i < levels.size(); i++) {
            String level = levels.get(i);
            boolean misplacedHash = level.indexOf('#') >= 0 && (level.length() > 1 || i < levels.size() - 1);
            boolean misplacedPlus = level.indexOf('+') >= 0 && level.length() > 1;
            if (misplacedHash || misplacedPlus) {
                throw new IllegalArgumentException(
                        "topic filter must have # as its last level and + as a whole level, was \"" + text + "\"");
            }
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException("topic filter must not be empty");
        }
    }

    /** Whether messages on {@code topic} are for a subscriber of this filter. */
    public boolean matches(String topic) {
        List<String> wanted = levels(text);
        List<String> given = levels(topic);
        if (topic.startsWith("$") && (wanted.get(0).equals("#") || wanted.get(0).equals("+"))) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (wanted.get(i).equals("#")) {
                return true;
            }
            if (i >= given.size()
                    || !(wanted.get(i).equals("+") || wanted.get(i).equals(given.get(i)))) {
                return false;
            }
        }
        return wanted.size() == given.size();
    }

    private static List<String> levels(String text) {
        return List.of(text.split("/", -1));
    }
}
