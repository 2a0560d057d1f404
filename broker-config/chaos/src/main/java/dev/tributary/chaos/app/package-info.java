/** The command {@code tributary chaos}: options, the run with faults, the run without, and the verdict. */
package dev.tributary.chaos.app;
