/** Files that are there wholly or not at all: tensors, checkpoints. */
package org.equipoise.experiments.checkpoint;
