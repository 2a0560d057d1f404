/**
 * What the coordinator tells its devices and what they tell about themselves, in domain terms; {@code wire} maps it to
 * bytes.
 */
package dev.tributary.protocol;
