/** JSON of configs and records: strict to read, canonical to hash. */
package org.equipoise.experiments.json;
