/**
 * Local training and prediction: the {@link dev.tributary.learning.LocalTrainer} port and its implementation over
 * Tribuo's linear models. With {@code export} the only package that knows Tribuo.
 */
package dev.tributary.learning;
