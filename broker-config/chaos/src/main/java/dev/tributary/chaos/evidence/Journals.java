package dev.tributary.chaos.evidence;

import dev.tributary.model.Bytes;
import java.util.List;

/** What all devices of a run wrote down, in the order of each device's journal. */
public record Journals(List<Answer> answers, List<Receipt> receipts, List<Version> versions) {
    /** An answer that was made, kept, and then sent; {@code atMillis} by the device's clock. */
    public record Answer(long atMillis, AnswerKey key, String kind, String sha256, Bytes payload) {
        /** Whether the device said that it does not contribute. */
        public boolean isDecline() {
            return kind.equals("DECLINE");
        }
    }

    /** A verdict that the device was told. */
    public record Receipt(long atMillis, AnswerKey key, String code, boolean repeat) {
        /** Whether the update was taken. */
        public boolean isAccepted() {
            return code.equals("ACCEPTED");
        }
    }

    /** A model version that the device took over, with the SHA-256 of its weights. */
    public record Version(long atMillis, String device, long number, String sha256) {}

    public Journals {
        answers = List.copyOf(answers);
        receipts = List.copyOf(receipts);
        versions = List.copyOf(versions);
    }
}
