/**
 * Local training and prediction: the {@link dev.tributary.learning.LocalTrainer} port and its implementation over
 * Tribuo's objectives and optimisers, for linear models and perceptrons; and ridge regression from sums. With {@code
 * export} the only package that knows Tribuo.
 */
package dev.tributary.learning;
