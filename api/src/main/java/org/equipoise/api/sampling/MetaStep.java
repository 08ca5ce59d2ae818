package org.equipoise.api.sampling;

import ai.djl.ndarray.NDArray;
import org.equipoise.api.loss.Targets;
import org.equipoise.api.model.ModelOutputs;

/**
 * What a learned sampler sees of a training step, before the weights change.
 *
 * @param step the step within the stage, 0-based
 * @param examples the drawn examples, length N, as indices into the train split
 * @param outputs the model's outputs for them; detached from the gradient
 * @param targets their labels
 * @param loss the value of the objective, a scalar; detached from the gradient
 * @param lookAhead what the coming step would do to the classifier
 */
public record MetaStep(
    long step,
    int[] examples,
    ModelOutputs outputs,
    Targets targets,
    NDArray loss,
    LookAhead lookAhead) {}
