/**
 * A classifier from a folder of one's own images: divided, compared, the better method kept, and
 * loaded again to classify.
 */
package org.equipoise.experiments.classifier;
