/**
 * Other processes, started and watched: what they say arrives in one queue, and when this process ends, however it ends, so
 * do they.
 */
package dev.tributary.demo.child;
