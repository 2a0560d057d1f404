package dev.tributary.chaos.verdict;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.CapturedUpdate;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.evidence.Records;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Evidence by what identifies it. */
final class Index {
    private final Map<AnswerKey, Map<String, Journals.Answer>> answers = new HashMap<>();
    private final Map<AnswerKey, List<String>> delivered = new HashMap<>();
    private final Map<String, List<Records.Participation>> counted = new HashMap<>();

    Index(Evidence evidence) {
        for (Journals.Answer answer : evidence.journals().answers()) {
            answers.computeIfAbsent(answer.key(), any -> new LinkedHashMap<>()).put(answer.sha256(), answer);
        }
        for (CapturedUpdate update : evidence.capture()) {
            if (!update.toBroker()) {
                delivered
                        .computeIfAbsent(update.key(), any -> new ArrayList<>())
                        .add(update.sha256());
            }
        }
        for (Records.Participation participation : evidence.records().participations()) {
            if (participation.isCounted()) {
                AnswerKey key = participation.key();
                counted.computeIfAbsent(round(key.round(), key.attempt()), any -> new ArrayList<>())
                        .add(participation);
            }
        }
    }

    private static String round(long number, int attempt) {
        return number + "." + attempt;
    }

    /** The update that the coordinator saw: the first that the proxy brought it, in the words of the device's journal. */
    Optional<Journals.Answer> update(AnswerKey key) {
        Map<String, Journals.Answer> written = answers.getOrDefault(key, Map.of());
        return delivered.getOrDefault(key, List.of()).stream()
                .findFirst()
                .map(written::get)
                .filter(answer -> !answer.isDecline());
    }

    /** Whether the device wrote down an answer with these bytes. */
    boolean isWritten(AnswerKey key, String sha256) {
        return answers.getOrDefault(key, Map.of()).containsKey(sha256);
    }

    /** Those who are counted in a round, by device. */
    Map<String, AnswerKey> contributors(Records.Round round) {
        Map<String, AnswerKey> devices = new TreeMap<>();
        counted.getOrDefault(round(round.number(), round.attempt()), List.of())
                .forEach(participation -> devices.put(participation.key().device(), participation.key()));
        return devices;
    }
}
