package dev.tributary.chaos.evidence;

import dev.tributary.model.Bytes;
import java.util.List;

/**
 * What the coordinator kept of one federation.
 *
 * @param spec the newest specification, as on the wire
 */
public record Records(Bytes spec, List<Round> rounds, List<Participation> participations, List<Version> versions) {
    /** A round; {@code announcement} as on the wire. */
    public record Round(long number, int attempt, String kind, long baseVersion, Bytes announcement, String state) {
        /** Whether it was closed with a result. */
        public boolean isCommitted() {
            return state.equals("COMMITTED");
        }
    }

    /** What a device did in a round; {@code answer} and {@code code} empty where there is none. */
    public record Participation(AnswerKey key, String answer, String code) {
        /** Whether its update is counted. */
        public boolean isCounted() {
            return answer.equals("CONTRIBUTED");
        }
    }

    /** A model version and the round that made it; weights float32, little-endian. Version 0 has base version -1. */
    public record Version(long number, long baseVersion, long roundNumber, int attempt, Bytes weights) {}

    public Records {
        rounds = List.copyOf(rounds);
        participations = List.copyOf(participations);
        versions = List.copyOf(versions);
    }
}
