/**
 * Losses and class weightings for long-tailed recognition.
 *
 * <p>Softmax losses ({@link org.equipoise.losses.CrossEntropy}, {@link
 * org.equipoise.losses.BalancedSoftmax}, {@link org.equipoise.losses.FocalSoftmax}) take one class
 * an example; sigmoid losses ({@link org.equipoise.losses.FocalSigmoid}, {@link
 * org.equipoise.losses.BalancedSigmoid}) also take several and the regions of a detector. Each says
 * in its javadoc which {@link org.equipoise.api.loss.Targets} it takes, and refuses the others with
 * an {@link java.lang.UnsupportedOperationException}. A label outside its range is refused with an
 * {@link java.lang.IllegalArgumentException} on the CPU; on a GPU the engine's own assertion
 * reports it, since looking at labels there would stall every step.
 *
 * <p>Losses for detectors take regions, of which most are background. {@link
 * org.equipoise.losses.RegionLoss} puts any loss with one value an example together with a {@link
 * org.equipoise.losses.BackgroundPolicy} and a {@link org.equipoise.losses.CountKind}; the others
 * ({@link org.equipoise.losses.EqlV1}, {@link org.equipoise.losses.Eqlv2}, {@link
 * org.equipoise.losses.Seesaw}, {@link org.equipoise.losses.Bags}, {@link
 * org.equipoise.losses.Federated}) have a background of their own. Seesaw and EQL v2 keep running
 * state. What is drawn at random is drawn from the batch's stream.
 *
 * <p>All values are in nats, computed in the dtype of the logits (float32 or float64), and finite
 * with finite gradients at logits of +-500 and counts from 1 to a million.
 */
package org.equipoise.losses;
