package dev.tributary.agent.participation;

import dev.tributary.model.Bytes;
import dev.tributary.protocol.ByteBudget;
import dev.tributary.transport.LinkTraffic;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Counts what a device's link carries, and says when a budget has nothing left; owned by the session's queue. */
final class Allowance {
    private final Supplier<LinkTraffic> link;
    private final LongSupplier nanoTime;
    private final DayTraffic day;
    private LinkTraffic seen = LinkTraffic.NONE;
    private boolean isRestored;

    Allowance(Supplier<LinkTraffic> link, LongSupplier nanoTime) {
        this.link = link;
        this.nanoTime = nanoTime;
        this.day = new DayTraffic(nanoTime.getAsLong());
    }

    /** Takes up what a former process counted, which each federation's memory holds once. */
    void restore(Bytes kept) {
        if (!isRestored) {
            isRestored = true;
            day.restore(kept);
        }
    }

    /** What went over the link in the last 24 hours. */
    LinkTraffic day() {
        LinkTraffic now = link.get();
        day.add(nanoTime.getAsLong(), now.minus(seen));
        seen = now;
        return day.total(nanoTime.getAsLong());
    }

    /** Whether so many bytes more would be too many. */
    boolean isSpent(Optional<ByteBudget> budget, long more) {
        return budget.filter(known -> day().bytes() + more > known.bytesPerDay())
                .isPresent();
    }

    Bytes toBytes() {
        day();
        return day.toBytes();
    }
}
