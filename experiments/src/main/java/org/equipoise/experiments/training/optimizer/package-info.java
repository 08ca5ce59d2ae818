/** Optimizers with the semantics of PyTorch, whose state can be stored. */
package org.equipoise.experiments.training.optimizer;
