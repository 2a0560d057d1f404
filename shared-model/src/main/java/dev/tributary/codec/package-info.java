/**
 * Deltas to bytes and back. A codec is composed of a transform ({@link dev.tributary.codec.Rotation} or none), a {@link
 * dev.tributary.codec.Quantiser} and a {@link dev.tributary.codec.Coder}, and offered as a profile by a word ({@link
 * dev.tributary.codec.Codecs}).
 */
package dev.tributary.codec;
