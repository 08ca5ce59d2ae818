/**
 * What training losses say about the error on new examples, class by class: a term to compare heads
 * by, and a bound for a linear head on frozen features. From stored logits or losses alone.
 */
package org.equipoise.evaluation.bounds;
