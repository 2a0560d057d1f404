package dev.tributary.chaos.evidence;

/**
 * An update or decline that the proxy forwarded.
 *
 * @param toBroker from its device to the broker, or from the broker to {@code client}, a coordinator
 */
public record CapturedUpdate(AnswerKey key, boolean toBroker, String client, String sha256) {}
