package dev.tributary.broker.extension;

import java.util.Locale;

/** What a publication is about, by its topic. */
enum Kind {
    SPEC,
    MODEL,
    DELTA,
    ROUND,
    UPDATE,
    RECEIPT,
    PREDICTION,
    PRESENCE,
    METRICS,
    PROBE,
    OTHER;

    /** The kind of a topic name. */
    static Kind of(String topic) {
        String[] levels = topic.split("/", -1);
        if (levels.length < 4 || !levels[0].equals("tributary") || !levels[1].equals("v1")) {
            return OTHER;
        }
        if (levels.length == 4) {
            Kind shared = switch (levels[2]) {
                case "presence" -> PRESENCE;
                case "metrics" -> METRICS;
                case "probe" -> PROBE;
                default -> OTHER;
            };
            return shared != OTHER ? shared : ofFederation(levels);
        }
        return ofFederation(levels);
    }

    private static Kind ofFederation(String[] levels) {
        return switch (levels[3] + "/" + levels.length) {
            case "spec/4" -> SPEC;
            case "model/4" -> MODEL;
            case "model/5" -> levels[4].equals("delta") ? DELTA : OTHER;
            case "round/4" -> ROUND;
            case "update/6" -> UPDATE;
            case "receipt/5" -> RECEIPT;
            case "prediction/5" -> PREDICTION;
            default -> OTHER;
        };
    }

    /** The kind as a metric's tag. */
    String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
