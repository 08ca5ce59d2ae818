/** Samplers of long-tailed recognition: rules by which training examples are drawn. */
package org.equipoise.samplers;
