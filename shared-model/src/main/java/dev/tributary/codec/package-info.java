/** Deltas to bytes and back: a sealed family of encodings, one file each. */
package dev.tributary.codec;
