/** Weights that come from elsewhere and go elsewhere, under the names that they have there. */
package org.equipoise.experiments.weights;
