/** Runs: a planned run in, a record out, in this process or in one of its own. */
package org.equipoise.experiments.run;
