/**
 * Models in and out of the federation as files: Tribuo's own format, ONNX and JSON. Whoever applies an exported model
 * gives raw readings and gets probabilities or real units: standardising, missing values and clipping are in the file.
 * The only package that touches files, and with {@code learning} the only one that knows Tribuo.
 */
package dev.tributary.export;
