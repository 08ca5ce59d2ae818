/** Parts and jars that the tests of several packages need. */
package org.equipoise.experiments.parts;
