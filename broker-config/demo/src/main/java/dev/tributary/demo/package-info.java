/**
 * The demonstration: writes a federation's files, starts broker, coordinator and fleet as processes, and follows what they
 * tell. It knows them by command line, standard output and HTTP alone.
 */
package dev.tributary.demo;
