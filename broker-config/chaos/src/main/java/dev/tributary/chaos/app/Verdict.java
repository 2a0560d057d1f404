package dev.tributary.chaos.app;

import dev.tributary.chaos.evidence.AnswerKey;
import dev.tributary.chaos.evidence.Evidence;
import dev.tributary.chaos.evidence.FaultFile;
import dev.tributary.chaos.evidence.Tampering;
import dev.tributary.chaos.report.Outcome;
import dev.tributary.chaos.stage.Workplace;
import dev.tributary.chaos.verdict.Judge;
import dev.tributary.chaos.verdict.Metric;
import dev.tributary.chaos.verdict.Planting;
import dev.tributary.chaos.verdict.Recovery;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads what two runs left behind and judges it.
 *
 * @param plant what to spoil in a copy of the faulty run's database before it is judged
 */
record Verdict(Workplace faulty, Workplace reference, Optional<ChaosOptions.Plant> plant) {
    private static final String PLANTED = "planted.db";

    Outcome outcome(long devices) throws IOException, ChaosFailure {
        Evidence evidence = evidence(faulty, faulty.database());
        if (plant.isPresent()) {
            evidence = evidence(faulty, plant(plant.get(), evidence));
        }
        return new Outcome(
                Recovery.of(FaultFile.read(faulty.faults()), evidence.journals()),
                Judge.judge(evidence),
                Metric.newest(evidence, devices),
                Metric.newest(evidence(reference, reference.database()), devices));
    }

    /** The newest version of the faulty run that all devices evaluated. */
    Metric reached(long devices) throws IOException, ChaosFailure {
        return Metric.newest(evidence(faulty, faulty.database()), devices)
                .orElseThrow(() -> new ChaosFailure(
                        ChaosFailure.FAILED, "no version was evaluated by all " + devices + " devices"));
    }

    private static Evidence evidence(Workplace place, Path database) throws IOException {
        return Evidence.read(Workplace.FEDERATION, place.journals(), place.capture(), database);
    }

    private Path plant(ChaosOptions.Plant what, Evidence evidence) throws IOException, ChaosFailure {
        Path copy = faulty.folder().resolve(PLANTED);
        Tampering tampering = Tampering.copy(Workplace.FEDERATION, faulty.database(), copy);
        switch (what) {
            case LOSS -> {
                AnswerKey key = Planting.toLose(evidence).orElseThrow(() -> nothingToPlant(what));
                tampering.forget(key);
            }
            case DOUBLE -> {
                Planting.DoubledVersion version = Planting.toDouble(evidence).orElseThrow(() -> nothingToPlant(what));
                tampering.replaceWeights(version.number(), version.weights());
            }
        }
        return copy;
    }

    private static ChaosFailure nothingToPlant(ChaosOptions.Plant what) {
        return new ChaosFailure(ChaosFailure.FAILED, "the evidence has no version in which to plant " + what);
    }
}
