/**
 * What a device contributes to a round, and who and which round that is.
 *
 * <p>The sign convention, said once: {@code delta = local − global}. The coordinator adds it.
 */
package dev.tributary.update;
