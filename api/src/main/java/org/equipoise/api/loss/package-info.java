/**
 * Losses: parameters ({@link org.equipoise.api.loss.LossSpec}), bound to train statistics ({@link
 * org.equipoise.api.loss.BoundLoss}), weighted and reduced ({@link
 * org.equipoise.api.loss.Objective}).
 */
package org.equipoise.api.loss;
