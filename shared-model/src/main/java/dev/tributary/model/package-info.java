/**
 * What a model is: its schema (the order and meaning of inputs and outputs), its weights, its versions, how it is
 * trained and how its quality is counted. Plain values without any library, file, clock or network.
 */
package dev.tributary.model;
