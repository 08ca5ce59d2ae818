/** Reports, from records alone. */
package org.equipoise.experiments.report;
