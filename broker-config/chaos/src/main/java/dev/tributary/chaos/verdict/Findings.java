package dev.tributary.chaos.verdict;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong, each in one sentence; all lists are empty in a run that kept its promises.
 *
 * @param acknowledged updates that a device was told are accepted
 * @param counted contributions that the database has
 * @param versions model versions that the database has
 * @param refolded how many of them came out the same bit for bit
 * @param lost acknowledged updates that are not counted in their round
 * @param doubled updates that are counted more than once
 * @param gaps versions that are missing, or do not follow from the one before
 * @param other all else, such as a version that a device saw and the database does not have
 */
public record Findings(
        long acknowledged,
        long counted,
        long versions,
        long refolded,
        List<String> lost,
        List<String> doubled,
        List<String> gaps,
        List<String> other) {
    public Findings {
        lost = List.copyOf(lost);
        doubled = List.copyOf(doubled);
        gaps = List.copyOf(gaps);
        other = List.copyOf(other);
    }

    /** Whether nothing is wrong. */
    public boolean isClean() {
        return all().isEmpty();
    }

    /** Everything that is wrong. */
    public List<String> all() {
        List<String> all = new ArrayList<>();
        lost.forEach(one -> all.add("lost: " + one));
        doubled.forEach(one -> all.add("doubled: " + one));
        gaps.forEach(one -> all.add("gap: " + one));
        all.addAll(other);
        return all;
    }
}
