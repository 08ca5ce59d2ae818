/** Statistics of the train split: counts, priors, positive rates, shot groups. */
package org.equipoise.api.stats;
