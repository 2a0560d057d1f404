package dev.tributary.coordinator.store;

import dev.tributary.coordinator.round.OpenRound.Answer;
import dev.tributary.protocol.Receipt.Code;
import dev.tributary.update.Decline;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What became of the answers to one round, or of one device's answers to all rounds.
 *
 * @param selected how many answers could have come
 * @param contributed how many updates were accepted, or wait for their verdict
 * @param rejected how many were not, by the receipt's code
 * @param declined how many devices declined, by their reason
 * @param newestAnswer when the newest answer came
 */
public record AnswerTally(
        int selected,
        int contributed,
        Map<Code, Integer> rejected,
        Map<Decline.Reason, Integer> declined,
        Optional<Instant> newestAnswer) {
    /** No answer at all. */
    public static final AnswerTally NONE = new AnswerTally(0, 0, Map.of(), Map.of(), Optional.empty());

    public AnswerTally {
        rejected = copy(Code.class, rejected);
        declined = copy(Decline.Reason.class, declined);
    }

    private static <K extends Enum<K>> Map<K, Integer> copy(Class<K> type, Map<K, Integer> counts) {
        Map<K, Integer> copy = new EnumMap<>(type);
        copy.putAll(counts);
        return Collections.unmodifiableMap(copy);
    }

    /** The tally of these. */
    public static AnswerTally of(Collection<Participation> participations) {
        AnswerTally tally = NONE;
        for (Participation one : participations) {
            tally = tally.plus(one, 1);
        }
        return tally;
    }

    /** This with {@code count} more that answered alike, the newest of them when {@code like} says. */
    public AnswerTally plus(Participation like, int count) {
        Map<Code, Integer> codes = new EnumMap<>(Code.class);
        codes.putAll(rejected);
        Map<Decline.Reason, Integer> reasons = new EnumMap<>(Decline.Reason.class);
        reasons.putAll(declined);
        boolean isAccepted = like.answer().filter(Answer.CONTRIBUTED::equals).isPresent();
        Optional<Code> refusal = like.code().filter(code -> code != Code.ACCEPTED);
        if (like.declined().isPresent()) {
            reasons.merge(like.declined().get(), count, Integer::sum);
        } else if (refusal.isPresent()) {
            codes.merge(refusal.get(), count, Integer::sum);
        }
        Optional<Instant> newest = newestAnswer
                .filter(known -> like.answeredAt().filter(known::isBefore).isEmpty())
                .or(like::answeredAt);
        return new AnswerTally(
                selected + count, contributed + (isAccepted && refusal.isEmpty() ? count : 0), codes, reasons, newest);
    }

    /** How many updates were rejected. */
    public int rejections() {
        return sum(rejected);
    }

    /** How many devices declined. */
    public int declines() {
        return sum(declined);
    }

    /** How many answers came. */
    public int reported() {
        return contributed + rejections() + declines();
    }

    private static int sum(Map<?, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
