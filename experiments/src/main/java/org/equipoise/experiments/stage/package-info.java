/** The stage cache: every stage of an experiment is trained once, whichever runs need it. */
package org.equipoise.experiments.stage;
