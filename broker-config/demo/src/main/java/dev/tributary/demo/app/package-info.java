/** The command {@code tributary demo}. */
package dev.tributary.demo.app;
