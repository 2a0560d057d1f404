package dev.tributary.chaos.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.CapturedUpdate;
import dev.tributary.chaos.evidence.Journals;
import dev.tributary.chaos.evidence.Records;
import dev.tributary.chaos.verdict.Story.Part;
import dev.tributary.codec.Codecs;
import dev.tributary.codec.ModelCoding;
import dev.tributary.model.GlobalModel;
import dev.tributary.model.ModelSchema;
import dev.tributary.model.Vector;
import dev.tributary.model.Weights;
import dev.tributary.protocol.Encoding;
import dev.tributary.update.RoundKind;
import dev.tributary.wire.WireMapper;
import org.junit.jupiter.api.Test;

class JudgeTest {
    /** Version 1: (1·1 + 3·5)/4 = 4 and (1·8 + 3·0)/4 = 2. Version 2: (1·1 + 1·0 + 2·1)/4 = 0.75 and 0 more. */
    private final Story story = Story.begun()
            .trained(2, 4, 2, new Part("a", 1, 1, 8), new Part("b", 3, 5, 0))
            .evaluated(3, 0.5, "a", "b", "c")
            .trained(4, 4.75f, 2, new Part("a", 1, 1, 0), new Part("b", 1, 0, 0), new Part("c", 2, 1, 0));

    private Findings judge() {
        return Judge.judge(story.evidence());
    }

    @Test
    void judge_promisesKept_findsNothing() {
        Findings findings = judge();
        assertThat(findings.all()).isEmpty();
        assertThat(findings.isClean()).isTrue();
        assertThat(findings.acknowledged()).isEqualTo(8);
        assertThat(findings.counted()).isEqualTo(8);
        assertThat(findings.versions()).isEqualTo(3);
        assertThat(findings.refolded()).isEqualTo(2);
    }

    @Test
    void judge_versionsPublishedAsSteps_areRefoldedToTheDecodedOnes() {
        Encoding int8 = Codecs.encoding("int8").orElseThrow();
        ModelSchema schema =
                WireMapper.decodeSpec(Story.FEDERATION, Story.spec()).schema();
        Vector decoded = ModelCoding.of(Story.FEDERATION, int8)
                .orElseThrow()
                .encode(
                        new GlobalModel(0, schema, Weights.zeros(schema.layout())),
                        1,
                        new Weights(schema.layout(), Vector.of(4, 2)))
                .model()
                .weights()
                .values();
        assertThat(decoded.get(1)).as("what is published is not the mean").isNotEqualTo(2);
        Part[] parts = {new Part("a", 1, 1, 8), new Part("b", 3, 5, 0)};
        Story steps = Story.begun().publishing(int8).trained(2, (float) decoded.get(0), (float) decoded.get(1), parts);
        assertThat(Judge.judge(steps.evidence()).all()).isEmpty();
        assertThat(Judge.judge(steps.evidence()).refolded()).isEqualTo(1);
        Story mean = Story.begun().publishing(int8).trained(2, 4, 2, parts);
        assertThat(Judge.judge(mean.evidence()).other())
                .singleElement()
                .asString()
                .contains("version 1 does not refold");
    }

    @Test
    void judge_receiptAndUpdateRepeated_isOneUpdateAllTheSame() {
        AnswerKey key = new AnswerKey("a", 2, 1);
        story.receipts.add(new Journals.Receipt(9_000, key, "ACCEPTED", true));
        story.capture.add(
                new CapturedUpdate(key, true, "a", story.answers.get(0).sha256()));
        story.answers.add(story.answers.get(0));
        assertThat(judge().all()).isEmpty();
        assertThat(judge().acknowledged()).isEqualTo(8);
    }

    @Test
    void judge_acknowledgedWithoutRow_isLost() {
        story.participations.removeIf(row -> row.key().equals(new AnswerKey("c", 3, 1)));
        assertThat(judge().lost()).singleElement().asString().contains("c in round 3", "no row");
    }

    @Test
    void judge_acknowledgedButLate_isLost() {
        story.participations.replaceAll(row -> row.key().equals(new AnswerKey("c", 3, 1))
                ? new Records.Participation(row.key(), "REJECTED", "LATE")
                : row);
        assertThat(judge().lost()).singleElement().asString().contains("REJECTED LATE");
    }

    @Test
    void judge_statisticsTakenBackAsOutlying_isNotLost() {
        AnswerKey key = new AnswerKey("c", 1, 1);
        story.rounds.add(Story.round(1, 1, RoundKind.STATISTICS, 0, "COMMITTED"));
        story.receipts.add(new Journals.Receipt(1, key, "ACCEPTED", false));
        story.participations.add(new Records.Participation(key, "REJECTED", "OUTLYING_STATISTICS"));
        assertThat(judge().all()).isEmpty();
    }

    @Test
    void judge_acceptedInAnAbandonedRound_isCountedThereAndNoVersionIsMissed() {
        story.rounds.removeIf(round -> round.number() == 3);
        story.rounds.add(Story.round(3, 1, RoundKind.EVALUATE, 1, "ABANDONED"));
        assertThat(judge().all()).isEmpty();
        assertThat(judge().acknowledged()).isEqualTo(8);
    }

    @Test
    void judge_updateFoldedTwice_isDoubled() {
        // c twice: (1 + 0 + 4)/6 and 0.
        story.versions.set(2, new Records.Version(2, 1, 4, 1, Story.weights((float) (4 + 5.0 / 6), 2)));
        Findings findings = judge();
        assertThat(findings.doubled()).singleElement().asString().contains("c in round 4", "version 2");
        assertThat(findings.refolded()).isEqualTo(1);
        assertThat(findings.other()).allMatch(one -> one.contains("saw"));
    }

    @Test
    void judge_contributorNotFolded_isLost() {
        // Without b: (1 + 2)/3.
        story.versions.set(2, new Records.Version(2, 1, 4, 1, Story.weights(5, 2)));
        assertThat(judge().lost()).singleElement().asString().contains("b in round 4", "not in version 2");
    }

    @Test
    void judge_weightsOneBitOff_isSeen() {
        story.versions.set(1, new Records.Version(1, 0, 2, 1, Story.weights(Math.nextUp(4f), 2)));
        assertThat(judge().other()).anyMatch(one -> one.startsWith("version 1 does not refold"));
        assertThat(judge().other()).anyMatch(one -> one.startsWith("version 1 that a saw is another"));
    }

    @Test
    void judge_versionMissing_isAGap() {
        story.versions.remove(1);
        assertThat(judge().gaps())
                .anyMatch(one -> one.equals("version 1 is missing"))
                .anyMatch(one -> one.contains("round 2 was committed, but version 1"));
    }

    @Test
    void judge_versionFromAnEarlierOne_isAGap() {
        story.versions.set(2, new Records.Version(2, 0, 4, 1, Story.weights(4.75f, 2)));
        assertThat(judge().gaps()).contains("version 2 was made from version 0");
    }

    @Test
    void judge_roundCommittedTwice_isDoubled() {
        story.rounds.add(Story.round(2, 2, RoundKind.TRAIN, 0, "COMMITTED"));
        assertThat(judge().doubled()).contains("round 2 was committed as attempt 1 and 2");
    }

    @Test
    void judge_versionThatOnlyADeviceKnows_isSeen() {
        story.seen.add(new Journals.Version(1, "a", 3, "00"));
        assertThat(judge().other()).containsExactly("version 3 that a saw is not there in the database");
    }

    @Test
    void judge_countedWithoutDelivery_isSeen() {
        story.capture.removeIf(update -> update.key().equals(new AnswerKey("b", 4, 1)) && !update.toBroker());
        assertThat(judge().other())
                .anyMatch(one -> one.startsWith("b in round 4 is counted, but no update"))
                .anyMatch(one -> one.startsWith("version 2 does not refold: the update of b in round 4"));
    }

    @Test
    void judge_sentButNotWrittenDown_isSeen() {
        story.capture.add(new CapturedUpdate(new AnswerKey("a", 9, 1), true, "a", "abc"));
        assertThat(judge().other()).singleElement().asString().contains("journal does not have");
    }
}
