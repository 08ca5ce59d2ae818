/**
 * Decisions and logits changed after training, from stored logits alone: one evaluation pass gives
 * the figures for every strength, every test prior and every matrix of costs.
 */
package org.equipoise.evaluation.posthoc;
