/** Samplers: which training examples a batch is made of. */
package org.equipoise.api.sampling;
