/** Optimizers and learning-rate schedules. */
package org.equipoise.api.training;
