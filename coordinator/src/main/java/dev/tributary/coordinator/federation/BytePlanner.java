package dev.tributary.coordinator.federation;

import dev.tributary.codec.Codecs;
import dev.tributary.model.Seed;
import dev.tributary.model.Vector;
import dev.tributary.protocol.Encoding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Finds the least sacrifice with which a device stays within its bytes. What costs no accuracy goes first: a longer
 * keep-alive, by which a lost device is noticed later, then rarer evaluations, then coarser updates.
 *
 * @param weights of the model
 * @param outputs labels or values, which an evaluation counts
 * @param roundsPerDay TRAIN rounds
 * @param share of the rounds that call a device, in (0, 1]
 * @param encoding that the plan has, or would have without a budget
 * @param modelEncoding the same of versions
 * @param evaluateEvery the same of evaluations
 * @param mayCoarsen whether the plan leaves the encoding to the planner
 * @param mayEvaluateLess whether it leaves the evaluations to it
 */
record BytePlanner(
        long weights,
        int outputs,
        int roundsPerDay,
        double share,
        Encoding encoding,
        Encoding modelEncoding,
        int evaluateEvery,
        boolean mayCoarsen,
        boolean mayEvaluateLess) {
    /** Kept for what nobody plans: lost connections, repeated packets, rounds that are tried again. */
    static final double RESERVE = 0.1;

    private static final List<Integer> KEEP_ALIVE_SECONDS = List.of(30, 120, 300);
    private static final int LONGEST_KEEP_ALIVE_SECONDS = 600;
    private static final List<Integer> EVALUATIONS = List.of(5, 10);
    private static final int SAMPLE = 4_096;
    private static final double SECONDS_OF_A_DAY = 86_400;
    /** A client that hears nothing else sends itself a message three times in a keep-alive. */
    private static final int PROBES = 3;

    /** A QoS 1 packet's header and topic, TCP/IP and TLS around it, and the same around its acknowledgement. */
    private static final long MESSAGE_FRAME = 240;
    /** A QoS 0 message to oneself: there and back. */
    private static final long PROBE = 340;
    /** TCP and TLS handshakes, CONNECT, subscriptions, presence, and what is retained but the model. */
    private static final long CONNECTION = 8_000;

    private static final int CONNECTIONS_A_DAY = 2;
    private static final long ANNOUNCEMENT = 110;
    private static final long UPDATE_FIELDS = 40;
    private static final long RECEIPT = 16;

    /** The plans, from the one that sacrifices nothing to the one that costs least. */
    List<BytePlan> ladder() {
        List<BytePlan> ladder = new ArrayList<>();
        KEEP_ALIVE_SECONDS.forEach(seconds -> ladder.add(plan(encoding, evaluateEvery, seconds)));
        int last = KEEP_ALIVE_SECONDS.get(KEEP_ALIVE_SECONDS.size() - 1);
        int rarely = evaluateEvery;
        for (int every : EVALUATIONS) {
            if (mayEvaluateLess && every > rarely) {
                rarely = every;
                ladder.add(plan(encoding, rarely, last));
            }
        }
        Encoding coarsest = encoding;
        for (Encoding coarser : coarser()) {
            coarsest = coarser;
            ladder.add(plan(coarser, rarely, last));
        }
        ladder.add(plan(coarsest, rarely, LONGEST_KEEP_ALIVE_SECONDS));
        return ladder;
    }

    /** The first plan within this budget and its reserve; empty when there is none. */
    Optional<BytePlan> within(long bytesPerDay) {
        return ladder().stream()
                .filter(plan -> plan.bytesPerDay() <= bytesPerDay * (1 - RESERVE))
                .findFirst();
    }

    /** The least budget that there is a plan for. */
    long least() {
        long least = ladder().stream().mapToLong(BytePlan::bytesPerDay).min().orElseThrow();
        return (long) Math.ceil(least / (1 - RESERVE));
    }

    private List<Encoding> coarser() {
        if (!mayCoarsen) {
            return List.of();
        }
        return List.of(Codecs.DITHER.withStep(2), Codecs.DEAD_ZONE, Codecs.DEAD_ZONE.withStep(3)).stream()
                .filter(coarser -> vector(coarser) < vector(encoding))
                .toList();
    }

    private BytePlan plan(Encoding chosen, int evaluations, int keepAliveSeconds) {
        double probes = SECONDS_OF_A_DAY * PROBES / keepAliveSeconds;
        double words = SECONDS_OF_A_DAY / keepAliveSeconds / BytePlan.KEEP_ALIVES_A_WORD;
        double connection = probes * PROBE + words * MESSAGE_FRAME + CONNECTIONS_A_DAY * (CONNECTION + fullModel());
        double evaluationsPerDay = (double) roundsPerDay / evaluations;
        double answer = MESSAGE_FRAME + UPDATE_FIELDS + MESSAGE_FRAME + RECEIPT;
        double training = MESSAGE_FRAME + ANNOUNCEMENT + share * (answer + vector(chosen));
        double evaluating = MESSAGE_FRAME + ANNOUNCEMENT + answer + counts();
        double followed = roundsPerDay * (MESSAGE_FRAME + UPDATE_FIELDS + step());
        double fetched = (roundsPerDay * share + evaluationsPerDay) * (3 * MESSAGE_FRAME + fullModel());
        boolean isFetched = fetched < followed;
        return new BytePlan(
                chosen,
                isFetched ? Encoding.NONE : modelEncoding,
                evaluations,
                Duration.ofSeconds(keepAliveSeconds),
                isFetched,
                Math.round(connection),
                Math.round(roundsPerDay * training + evaluationsPerDay * evaluating),
                Math.round(isFetched ? fetched : followed));
    }

    private double fullModel() {
        return weights * (double) Float.BYTES;
    }

    private double step() {
        return modelEncoding.id() == Encoding.NONE.id() ? fullModel() : vector(modelEncoding);
    }

    /** A label's evaluation counts each pair of truth and prediction. */
    private double counts() {
        return 60 + (double) outputs * outputs;
    }

    /** What a Gaussian vector comes to; real deltas take somewhat less. */
    private double vector(Encoding which) {
        int length = (int) Math.min(weights, SAMPLE);
        SplittableRandom random = new SplittableRandom(1);
        double[] sample =
                random.doubles(length).map(uniform -> random.nextGaussian()).toArray();
        int bytes = Codecs.of(which)
                .orElseThrow()
                .encode(Vector.of(sample), new Seed(1))
                .size();
        return bytes * (double) weights / length;
    }
}
