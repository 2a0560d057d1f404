package dev.tributary.coordinator.federation;

import dev.tributary.codec.Codecs;
import dev.tributary.codec.Ring;
import dev.tributary.codec.Uniform;
import dev.tributary.config.Section;
import dev.tributary.protocol.Encoding;
import java.util.List;
import java.util.Optional;

/** Reads how devices encode their deltas; without a word for it the number of weights decides. */
final class EncodingSection {
    /** Up to so many weights an update is mostly its frame, and entropy coding saves nothing that counts. */
    private static final int FEW_WEIGHTS = 200;

    private static final double LEAST_STEP = 0.0625;
    private static final double LARGEST_STEP = 16;
    private static final double LARGEST_PUBLIC_STEP = 1e6;
    private static final List<Integer> WITH_STEP =
            List.of(Uniform.DITHER_ID, Uniform.DEAD_ZONE_ID, Uniform.STOCHASTIC_ID, Ring.ID);

    private final Section plan;

    EncodingSection(Section plan) {
        this.plan = plan;
    }

    /** The encoding of deltas of {@code weights} coordinates. */
    Encoding read(long weights) {
        String name = plan.text("encoding", weights > FEW_WEIGHTS ? "dither" : "int8");
        Optional<Encoding> known =
                Codecs.encoding(name).filter(encoding -> Codecs.deltaNames().contains(name));
        if (known.isEmpty()) {
            plan.problem(
                    "encoding", "must be one of " + String.join(", ", Codecs.deltaNames()) + ", was \"" + name + "\"");
        }
        // Parameters are read in any case: a key that is only wrong beside a mistake is no second mistake.
        Encoding encoding = known.orElse(Encoding.NONE);
        Encoding read = readBits(readDeadZone(readStep(encoding)));
        if (encoding.id() == Ring.ID && !plan.has("encodingStep")) {
            plan.problem(
                    "encodingStep",
                    "must be there with encoding ring: all devices share it, and it fits one model only");
        }
        return read;
    }

    private Encoding readStep(Encoding encoding) {
        boolean isPublic = encoding.id() == Ring.ID;
        double step = plan.number(
                "encodingStep",
                encoding.step(),
                isPublic ? Double.MIN_NORMAL : LEAST_STEP,
                isPublic ? LARGEST_PUBLIC_STEP : LARGEST_STEP);
        if (!plan.has("encodingStep") || isMisplaced("encodingStep", encoding, WITH_STEP)) {
            return encoding;
        }
        return encoding.withStep(step);
    }

    private Encoding readDeadZone(Encoding encoding) {
        double deadZone = plan.number("encodingDeadZone", encoding.deadZone(), 0.01, 0.5);
        return isMisplaced("encodingDeadZone", encoding, List.of(Uniform.DEAD_ZONE_ID))
                ? encoding
                : encoding.withDeadZone(deadZone);
    }

    private Encoding readBits(Encoding encoding) {
        int bits = (int) plan.integer("encodingBits", encoding.bits(), 2, 32);
        return isMisplaced("encodingBits", encoding, List.of(Ring.ID)) ? encoding : encoding.withBits(bits);
    }

    private boolean isMisplaced(String key, Encoding encoding, List<Integer> owners) {
        if (owners.contains(encoding.id())) {
            return false;
        }
        if (plan.has(key) && encoding.id() != Encoding.NONE.id()) {
            String words = String.join(
                    ", ",
                    owners.stream()
                            .map(id -> Codecs.byId(id).orElseThrow().name())
                            .toList());
            plan.problem(key, "must not be there unless encoding is " + words);
        }
        return true;
    }

    /** Says what cannot work together with these rounds. */
    void check(Encoding encoding, Optional<RoundPlan> rounds) {
        if (Codecs.wantsErrorFeedback(encoding)
                && rounds.filter(RoundPlan::isAsynchronous).isPresent()) {
            plan.problem(
                    "encoding",
                    "must not be deadzone-ef in asynchronous mode: what an update left out belongs to the version that"
                            + " it was trained from, which is past when the next one is made; dither needs no memory");
        }
    }
}
