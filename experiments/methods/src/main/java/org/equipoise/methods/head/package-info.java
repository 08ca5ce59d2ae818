/** Classifier heads: from features to logits. */
package org.equipoise.methods.head;
