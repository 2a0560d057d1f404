package dev.tributary.update;

/** What a device answers to an announcement, on its update topic. */
public sealed interface DeviceMessage permits Update, Decline {
    /** The round that this answers. */
    RoundId round();
}
